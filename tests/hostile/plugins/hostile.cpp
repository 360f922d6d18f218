// A plugin that attacks what runs it, in the way that `attack` names. The tests write other names over it in
// copies of the file: each copy is a plugin of its own, and a hundred of them cost one compilation. Where a
// rule says `on`, the act; elsewhere a row fails where the rule says `fails`. Written against the C contract,
// which stands in the way least.
#include <caseaudit/plugin.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <unistd.h>

#include <stdexcept>
#include <string_view>

extern char** environ;

// The tests look for the words before the colon.
extern "C" volatile char attack[64] = "the attack of this plugin is:well-behaved";

namespace {

bool is(std::string_view what) {
    const char* name = const_cast<const char*>(attack) + sizeof "the attack of this plugin is";
    return name == what;
}

// What a plugin finds when it follows the sink: the worker's own writer, and through it the shared memory.
struct Progress {
    volatile uint64_t unit, written;
    volatile uint32_t refused_call, answered;
};
struct Writer {
    Progress* progress;
    unsigned char* frames;
};
struct Message {
    uint32_t kind, sequence;
    uint64_t value;
};
constexpr int channel = 3;

const caseaudit_batch* batch_in_hand;
const caseaudit_sink* sink_in_hand;
const caseaudit_refusal* refusal_in_hand;
volatile int sinkhole;
bool constructor_succeeded = false;

Writer& writer() {
    return **static_cast<Writer**>(sink_in_hand->self);
}
void forge(const void* bytes, size_t size, uint64_t written) {
    memcpy(writer().frames, bytes, size);
    writer().progress->written = written;
}
[[noreturn]] void loop() {
    for (;;) sinkhole = sinkhole + 1;
}
[[noreturn]] void crash() {
    *reinterpret_cast<volatile int*>(8) = 1;
    abort();
}
int deeper(volatile char* above) {
    volatile char here[4096];
    here[0] = above[0];
    return deeper(here) + here[0];
}
void* do_nothing(void*) {
    return nullptr;
}
caseaudit_string text(std::string_view words) {
    return {words.data(), words.size()};
}
void fail_with(size_t row, caseaudit_evidence evidence) {
    sink_in_hand->fail(sink_in_hand->self, row, &evidence, 1);
}
caseaudit_evidence text_evidence(std::string_view words) {
    caseaudit_evidence evidence{text("what"), {CASEAUDIT_TEXT, 0, {0}}};
    evidence.value.as.text = text(words);
    return evidence;
}
// Fails the row when something was to be had that should not be.
void tell(size_t row, bool leaked) {
    if (leaked) fail_with(row, text_evidence("leaked"));
}

void misbehave(size_t row) {
    [[maybe_unused]] static const char* const words[] = {"/bin/true", nullptr};
    const auto& sink = *sink_in_hand;
    // Faults.
    if (is("segfault")) crash();
    if (is("stack-overflow")) sinkhole = deeper(reinterpret_cast<volatile char*>(&row));
    if (is("abort")) abort();
    if (is("divide-by-zero")) sinkhole = 1 / (sinkhole & 0);
    if (is("illegal-instruction")) __builtin_trap();
    if (is("double-free")) {
        void* volatile twice = malloc(2000);
        free(twice);
        free(twice);
    }
    if (is("throw-through-noexcept")) []() noexcept { throw 1; }();
    if (is("exit")) exit(0);
    if (is("exit-at-once")) _exit(3);
    if (is("kill-itself")) raise(SIGKILL);
    // Time.
    if (is("loop")) loop();
    if (is("sleep")) sleep(1000000);
    if (is("stop-itself")) raise(SIGSTOP);
    if (is("ignore-signals")) {
        sigset_t all;
        sigfillset(&all);
        sigprocmask(SIG_SETMASK, &all, nullptr);
        for (int number = 1; number < 32; ++number) signal(number, SIG_IGN);
        loop();
    }
    if (is("loop-saying-the-same"))
        for (;;) sink.judging(sink.self, row, 1);
    if (is("loop-going-back"))
        for (size_t i = row;; i = i == 0 ? row : i - 1) sink.judging(sink.self, i, 1);
    if (is("setitimer")) {
        itimerval soon{{0, 1}, {0, 1}};
        setitimer(ITIMER_REAL, &soon, nullptr);
    }
    // Files.
    if (is("open")) open("/etc/passwd", O_RDONLY);
    if (is("create")) open("/tmp/hostile-was-here", O_CREAT | O_WRONLY, 0600);
    if (is("read-proc")) open("/proc/self/maps", O_RDONLY);
    if (is("unlink")) unlink("/tmp/hostile-was-here");
    if (is("dlopen")) dlopen("libssl.so.3", RTLD_NOW);
    if (is("memfd")) memfd_create("mine", 0);
    if (is("io-uring")) syscall(SYS_io_uring_setup, 1, nullptr);
    if (is("chroot")) sinkhole = chroot("/tmp");
    // Network.
    if (is("connect")) {
        const int one = socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in there{};
        there.sin_family = AF_INET;
        connect(one, reinterpret_cast<sockaddr*>(&there), sizeof there);
    }
    if (is("udp")) socket(AF_INET, SOCK_DGRAM, 0);
    if (is("unix-socket")) socket(AF_UNIX, SOCK_STREAM, 0);
    if (is("send-descriptor")) {
        msghdr message{};
        sendmsg(channel, &message, 0);
    }
    // Processes.
    if (is("exec")) execve("/bin/true", const_cast<char**>(words), environ);
    if (is("fork")) fork();
    if (is("raw-fork")) syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0);
    if (is("thread")) {
        pthread_t other;
        sinkhole = pthread_create(&other, nullptr, do_nothing, nullptr);
    }
    if (is("ptrace")) ptrace(PTRACE_ATTACH, getppid(), nullptr, nullptr);
    if (is("read-parent")) process_vm_readv(getppid(), nullptr, 0, nullptr, 0, 0);
    if (is("kill-parent")) kill(getppid(), SIGKILL);
    if (is("kill-all")) kill(-1, SIGKILL);
    if (is("signal-parent")) syscall(SYS_tgkill, getppid(), getppid(), SIGKILL);
    if (is("unshare")) syscall(SYS_unshare, 0x10000000);
    if (is("setuid")) sinkhole = setuid(0);
    // Its own confinement.
    if (is("raise-limits")) {
        rlimit more{RLIM_INFINITY, RLIM_INFINITY};
        setrlimit(RLIMIT_AS, &more);
    }
    if (is("prctl")) prctl(PR_SET_DUMPABLE, 1);
    if (is("outlive-parent")) prctl(PR_SET_PDEATHSIG, 0);
    if (is("catch-refusals")) {
        signal(SIGSYS, SIG_IGN);
        open("/etc/passwd", O_RDONLY);
    }
    if (is("block-refusals")) {
        sigset_t all;
        sigfillset(&all);
        sigprocmask(SIG_SETMASK, &all, nullptr);
        open("/etc/passwd", O_RDONLY);
    }
    if (is("close-channel")) close(channel);
    if (is("close-everything")) close_range(0, ~0u, 0);
    if (is("duplicate-channel")) dup2(channel, 7);
    if (is("read-channel")) {
        Message request;
        sinkhole = static_cast<int>(read(channel, &request, sizeof request));
    }
    // Memory.
    if (is("rwx"))
        mmap(nullptr, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (is("make-executable")) {
        void* page = mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        mprotect(page, 4096, PROT_READ | PROT_EXEC);
    }
    if (is("fifty-gigabytes")) {
        auto* much = new char[size_t{50} << 30];
        much[0] = 1;
        sinkhole = much[0];
        delete[] much;
    }
    if (is("allocate-forever")) {
        size_t size = size_t{1} << 20;
        while (char* piece = static_cast<char*>(malloc(size))) memset(piece, 1, size);
        abort();
    }
    const auto* records = static_cast<const unsigned char*>(batch_in_hand->columns[0].buffers[1]);
    if (is("write-records")) const_cast<unsigned char*>(records)[0] = 255;
    if (is("make-records-writable")) {
        auto page = reinterpret_cast<uintptr_t>(records) & ~uintptr_t{4095};
        tell(row, mprotect(reinterpret_cast<void*>(page), 4096, PROT_READ | PROT_WRITE) == 0);
        const_cast<unsigned char*>(records)[0] = 255;
    }
    if (is("unmap-records")) {
        munmap(reinterpret_cast<void*>(reinterpret_cast<uintptr_t>(records) & ~uintptr_t{4095}), 4096);
        sinkhole = records[0];
    }
    // Lies.
    if (is("forged-frame")) {
        const uint32_t frame[4] = {8, 77, 1, 1};
        forge(frame, sizeof frame, sizeof frame);
        crash();
    }
    if (is("corrupt-length")) {
        const uint32_t frame[2] = {1u << 30, 6};
        forge(frame, sizeof frame, sizeof frame);
        crash();
    }
    if (is("half-a-frame")) {
        const uint32_t frame[1] = {4};
        forge(frame, sizeof frame, 4);
        crash();
    }
    if (is("written-beyond")) {
        forge("", 1, uint64_t{1} << 60);
        crash();
    }
    if (is("forged-evidence")) {
        const uint32_t frame[4] = {8, 5, static_cast<uint32_t>(row), 4000000000u};
        forge(frame, sizeof frame, sizeof frame);
        writer().progress->unit = uint64_t{row + 1} << 32 | 1;
        crash();
    }
    if (is("forged-unit")) {
        writer().progress->unit = uint64_t{4000000000u} << 32 | 7;
        crash();
    }
    if (is("unit-of-everything")) {
        writer().progress->unit = uint64_t{row} << 32 | 0xffffffffu;
        crash();
    }
    if (is("forged-hint"))
        for (uint32_t any = 0;; ++any) writer().progress->answered = any;
    if (is("forged-end") || is("forged-end-early")) {
        for (uint32_t sequence = 0; sequence < 64; ++sequence) {
            const Message done{18, sequence, 0};
            if (write(channel, &done, sizeof done) < 0) break;
        }
        if (is("forged-end")) loop();
    }
    if (is("short-message"))
        if (write(channel, "x", 1) == 1) loop();
    if (is("flood")) {
        const auto evidence = text_evidence("water");
        for (;;) fail_with(row, evidence);
    }
    if (is("flood-of-channel")) {
        const Message drain{19, 0, 0};
        for (;;)
            if (write(channel, &drain, sizeof drain) < 0) break;
    }
    if (is("row-beyond")) sink.fail(sink.self, size_t{1} << 31, nullptr, 0);
    if (is("context-beyond") || is("context-astray") || is("context-flood")) {
        const size_t rows[] = {is("context-beyond") ? size_t{1} << 31 : batch_in_hand->length - 1 - row};
        static size_t many[100000];
        if (is("context-flood")) return sink.fail_by(sink.self, row, nullptr, 0, many, 100000);
        sink.fail_by(sink.self, row, nullptr, 0, rows, 1);
    }
    if (is("context-nowhere"))
        sink.fail_by(sink.self, row, nullptr, 0, reinterpret_cast<const size_t*>(16), 9);
    if (is("two-verdicts")) {
        sink.fail(sink.self, row, nullptr, 0);
        sink.undecided(sink.self, row);
    }
    if (is("undeclared-evidence")) fail_with(row, {text("\x1b[2Jsecret"), {CASEAUDIT_INTEGER, 0, {1}}});
    if (is("wrong-type")) fail_with(row, {text("what"), {CASEAUDIT_DATE, 0, {1}}});
    if (is("unknown-type")) fail_with(row, {text("what"), {99, 0, {1}}});
    if (is("not-utf8")) fail_with(row, text_evidence("\xff\xfe"));
    if (is("huge-evidence")) {
        static char much[100000];
        memset(much, 'x', sizeof much);
        fail_with(row, text_evidence({much, sizeof much}));
    }
    if (is("bad-pointer")) fail_with(row, text_evidence({reinterpret_cast<const char*>(16), 100}));
    if (is("endless-text")) fail_with(row, text_evidence({const_cast<const char*>(attack), size_t{1} << 40}));
    if (is("escape-in-refusal"))
        refusal_in_hand->refuse(refusal_in_hand->self, {nullptr, 0},
                                text("\x1b[2J\x1b]0;owned\x07 all is well"));
    // Exceptions.
    if (is("throw")) throw std::runtime_error("thrown \x1b[31m");
    if (is("throw-number")) throw 42;
    // Harmless, as long as nothing is to be had.
    if (is("environment")) tell(row, environ != nullptr && environ[0] != nullptr);
    if (is("print"))
        for (int i = 0; i < 10000; ++i)
            if (write(1, "noise\x1b[2J\n", 10) < 0 || write(2, "noise\x1b[2J\n", 10) < 0) break;
    if (is("constructor-opens")) tell(row, constructor_succeeded);
}

struct Constructor {
    Constructor() {
        if (is("constructor-opens")) {
            char byte;
            const int file = open("/etc/passwd", O_RDONLY);
            constructor_succeeded = (file >= 0 && read(file, &byte, 1) == 1) ||
                                    open("/proc/1/environ", O_RDONLY) >= 0 || open("/", O_RDONLY) >= 0;
        }
        if (is("constructor-crashes")) crash();
        if (is("constructor-hangs")) sleep(1000000);
        if (is("constructor-connects")) socket(AF_INET, SOCK_STREAM, 0);
        if (is("constructor-forks")) fork();
        if (is("constructor-creates")) open("/tmp/hostile-was-here", O_CREAT | O_WRONLY, 0600);
        if (is("constructor-exits")) _exit(0);
        if (is("constructor-throws")) throw std::runtime_error("too early");
        if (is("constructor-answers")) {
            const Message ready{16, 0, 0};
            if (write(channel, &ready, sizeof ready) > 0) loop();
        }
    }
} constructor;

void* create(const caseaudit_host*, const caseaudit_configuration*, const caseaudit_refusal*) {
    if (is("create-crashes")) crash();
    if (is("create-opens")) open("/etc/passwd", O_RDONLY);
    return malloc(1);
}

bool holds(const caseaudit_batch& batch, size_t column, size_t row) {
    const auto* bits = static_cast<const unsigned char*>(batch.columns[column].buffers[1]);
    return (bits[row / 8] >> (row % 8) & 1) != 0;
}

int32_t run(const void*, const caseaudit_batch* batch, const caseaudit_sink* sink,
            const caseaudit_refusal* refusal) {
    batch_in_hand = batch;
    sink_in_hand = sink;
    refusal_in_hand = refusal;
    for (size_t row = 0; row < batch->length; ++row) {
        if (sink->judging != nullptr) sink->judging(sink->self, row, 1);
        if (holds(*batch, 0, row))
            misbehave(row);
        else if (holds(*batch, 1, row))
            fail_with(row, text_evidence("as it should"));
        if (is("forged-end-early") && holds(*batch, 0, row)) return 0;
    }
    return 0;
}

void destroy(void* check) {
    free(check);
    if (is("destroy-throws")) throw std::runtime_error("too late");
    if (is("destroy-hangs")) loop();
}

const caseaudit_parameter on = {sizeof on, CASEAUDIT_EXPRESSION, CASEAUDIT_BOOLEAN, 1, "on", "Where to act."};
const caseaudit_parameter fails = {sizeof fails, CASEAUDIT_EXPRESSION, CASEAUDIT_BOOLEAN, 1,
                                   "fails",      "Where to fail."};
const caseaudit_parameter* const parameters[] = {&on, &fails};
const caseaudit_evidence_schema what = {sizeof what, CASEAUDIT_TEXT, "what", "What it says."};
const caseaudit_evidence_schema* const evidence[] = {&what};
const caseaudit_check acts = {sizeof acts, "acts", "Acts.", 2,       parameters,           1,
                              evidence,    create, run,     destroy, CASEAUDIT_JUDGES_ROWS};
const caseaudit_check* const checks[] = {&acts};
const caseaudit_plugin sound = {
    sizeof sound, CASEAUDIT_ABI_MAJOR, CASEAUDIT_ABI_MINOR, "hostile", "1.0", "\x1b[2JHarmless.", 1, checks};

}  // namespace

extern "C" CASEAUDIT_EXPORT const caseaudit_plugin* caseaudit_plugin_v1(void) {
    static caseaudit_plugin table = sound;
    if (is("table-too-long")) table.check_count = size_t{1} << 40;
    if (is("table-nowhere")) table.checks = reinterpret_cast<const caseaudit_check* const*>(16);
    if (is("name-with-escapes")) table.name = "\x1b[2Jhostile";
    if (is("table-crashes")) crash();
    if (is("table-hangs")) sleep(1000000);
    return &table;
}
