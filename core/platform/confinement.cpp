#include "platform/confinement.h"

#include <fcntl.h>
#include <linux/capability.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <initializer_list>
#include <memory>
#include <string>

#include "platform/landlock.h"

namespace caseaudit::platform {
namespace {

// Where the system keeps libraries, and the list by which they are found.
constexpr const char* library_places[] = {"/lib",       "/lib64",         "/usr/lib",
                                          "/usr/lib64", "/usr/local/lib", "/etc/ld.so.cache"};

Diagnostics missing(const char* code, const char* what, int error) {
    Diagnostic problem;
    problem.code = code;
    problem.message = std::string("no sandbox can be made for it here: ") + what + " (" +
                      std::strerror(error) + "), so the plugin was not run";
    problem.hint =
        "the kernel must be Linux 5.13 or newer with landlock among its security modules, and a container "
        "must "
        "let landlock and seccomp through. If you would run this plugin as a program of your own: caseaudit "
        "plugin trust FILE, or --in-process for this once (see docs/security.md)";
    return {problem};
}

// What it owned as root, or gained by a namespace of its own, is gone.
bool drop_capabilities() {
    __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
    __user_cap_data_struct none[2] = {};
    return ::syscall(SYS_capset, &header, none) == 0;
}

bool set_limit(int which, std::uint64_t value) {
    const rlimit limit{value, value};
    return ::setrlimit(static_cast<__rlimit_resource>(which), &limit) == 0;
}

bool set_limits(std::uint64_t address_space) {
    return set_limit(RLIMIT_AS, address_space) && set_limit(RLIMIT_CORE, 0) && set_limit(RLIMIT_FSIZE, 0) &&
           set_limit(RLIMIT_NPROC, 0) && set_limit(RLIMIT_NOFILE, 16) && set_limit(RLIMIT_MEMLOCK, 0) &&
           set_limit(RLIMIT_MSGQUEUE, 0) && set_limit(RLIMIT_STACK, std::uint64_t{8} << 20);
}

Refused refused_handler = nullptr;

void on_refused(int, siginfo_t* what, void*) {
    refused_handler(what->si_syscall);
}

bool watch_refusals(Refused handler) {
    refused_handler = handler;
    struct sigaction action {};
    action.sa_sigaction = on_refused;
    action.sa_flags = SA_SIGINFO | SA_NODEFER | SA_ONSTACK;
    return ::sigaction(SIGSYS, &action, nullptr) == 0;
}

// A list of what is let through; all else raises SIGSYS.
class Filter {
  public:
    Filter() : context_(seccomp_init(SCMP_ACT_TRAP)) {}
    ~Filter() {
        if (context_ != nullptr) seccomp_release(context_);
    }
    Filter(const Filter&) = delete;
    Filter& operator=(const Filter&) = delete;

    void allow(std::initializer_list<int> calls) {
        for (const int call : calls) add(seccomp_rule_add(context_, SCMP_ACT_ALLOW, call, 0));
    }
    void allow_if(int call, std::initializer_list<scmp_arg_cmp> conditions) {
        add(seccomp_rule_add_array(context_, SCMP_ACT_ALLOW, call, static_cast<unsigned>(conditions.size()),
                                   conditions.begin()));
    }
    // Harmless questions of a C library, answered "not permitted".
    void deny(std::initializer_list<int> calls) {
        for (const int call : calls) add(seccomp_rule_add(context_, SCMP_ACT_ERRNO(EPERM), call, 0));
    }
    // 0, or an errno.
    int load() {
        if (context_ == nullptr) return ENOMEM;
        if (error_ == 0) error_ = -seccomp_load(context_);
        return error_;
    }

  private:
    void add(int result) {
        if (result != 0 && error_ == 0) error_ = -result;
    }
    scmp_filter_ctx context_;
    int error_ = 0;
};

// What judging needs. The first filter allows it too: filters add up, and the strictest answer counts.
void allow_judging(Filter& filter) {
    filter.allow({SCMP_SYS(munmap),          SCMP_SYS(mremap),         SCMP_SYS(brk),
                  SCMP_SYS(madvise),         SCMP_SYS(futex),          SCMP_SYS(clock_gettime),
                  SCMP_SYS(clock_getres),    SCMP_SYS(gettimeofday),   SCMP_SYS(time),
                  SCMP_SYS(clock_nanosleep), SCMP_SYS(nanosleep),      SCMP_SYS(restart_syscall),
                  SCMP_SYS(sched_yield),     SCMP_SYS(exit_group),     SCMP_SYS(exit),
                  SCMP_SYS(rt_sigreturn),    SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigaction),
                  SCMP_SYS(sigaltstack),     SCMP_SYS(getrandom),      SCMP_SYS(gettid),
                  SCMP_SYS(getpid),          SCMP_SYS(getppid)});
    filter.allow_if(SCMP_SYS(tgkill), {SCMP_A0_64(SCMP_CMP_EQ, static_cast<scmp_datum_t>(::getpid()))});
    filter.deny({SCMP_SYS(ioctl), SCMP_SYS(lseek), SCMP_SYS(readlink), SCMP_SYS(sysinfo), SCMP_SYS(uname),
                 SCMP_SYS(sched_getaffinity), SCMP_SYS(getrusage), SCMP_SYS(getcpu), SCMP_SYS(getuid),
                 SCMP_SYS(geteuid), SCMP_SYS(getgid), SCMP_SYS(getegid), SCMP_SYS(getcwd)});
}

int load_first_filter() {
    Filter filter;
    allow_judging(filter);
    filter.allow({SCMP_SYS(read), SCMP_SYS(pread64), SCMP_SYS(write), SCMP_SYS(writev), SCMP_SYS(close),
                  SCMP_SYS(fstat), SCMP_SYS(newfstatat), SCMP_SYS(statx), SCMP_SYS(access),
                  SCMP_SYS(faccessat), SCMP_SYS(faccessat2), SCMP_SYS(mmap), SCMP_SYS(mprotect),
                  SCMP_SYS(getdents64), SCMP_SYS(fcntl), SCMP_SYS(seccomp), SCMP_SYS(prlimit64)});
    filter.allow_if(SCMP_SYS(prctl), {SCMP_A0_64(SCMP_CMP_EQ, PR_SET_NO_NEW_PRIVS)});
    filter.allow_if(SCMP_SYS(openat),
                    {SCMP_A2_64(SCMP_CMP_MASKED_EQ, O_ACCMODE | O_CREAT | O_TRUNC, O_RDONLY)});
    return filter.load();
}

int load_second_filter(int control) {
    Filter filter;
    allow_judging(filter);
    filter.allow_if(SCMP_SYS(read), {SCMP_A0_64(SCMP_CMP_EQ, static_cast<scmp_datum_t>(control))});
    for (const int descriptor : {STDOUT_FILENO, STDERR_FILENO, control})
        for (const int call : {SCMP_SYS(write), SCMP_SYS(writev)})
            filter.allow_if(call, {SCMP_A0_64(SCMP_CMP_EQ, static_cast<scmp_datum_t>(descriptor))});
    for (const int call : {SCMP_SYS(fstat), SCMP_SYS(newfstatat)})
        filter.allow_if(call, {SCMP_A0_64(SCMP_CMP_LE, STDERR_FILENO)});
    filter.allow_if(SCMP_SYS(mmap), {SCMP_A2_64(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0),
                                     SCMP_A3_64(SCMP_CMP_MASKED_EQ, MAP_ANONYMOUS, MAP_ANONYMOUS)});
    filter.allow_if(SCMP_SYS(mprotect), {SCMP_A2_64(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)});
    return filter.load();
}

}  // namespace

Diagnostics confine_for_loading(const Confinement& confinement) {
    // Each alone, as a system may allow one and not the other; what they add is welcome and not relied on.
    if (::unshare(CLONE_NEWUSER) == 0) ::unshare(CLONE_NEWNET | CLONE_NEWIPC);
    if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return missing("sandbox.privileges", "new privileges cannot be ruled out", errno);
    if (!drop_capabilities()) return missing("sandbox.capabilities", "capabilities cannot be dropped", errno);
    if (!set_limits(confinement.address_space))
        return missing("sandbox.limits", "resource limits cannot be set", errno);
    ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    // After the credentials have changed for the last time, as that would clear it.
    if (::prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0 || ::getppid() != confinement.parent)
        return missing("sandbox.parent", "it cannot be tied to the life of its parent", ESRCH);
    if (!restrict_files(library_places))
        return missing("sandbox.landlock", "the kernel does not offer Landlock", errno);
    if (!watch_refusals(confinement.refused))
        return missing("sandbox.seccomp", "refused system calls cannot be told", errno);
    if (const int error = load_first_filter(); error != 0)
        return missing("sandbox.seccomp", "the kernel does not take the seccomp filter", error);
    return {};
}

Diagnostics confine_for_judging(const Confinement& confinement) {
    if (const int error = load_second_filter(confinement.control); error != 0)
        return missing("sandbox.seccomp", "the kernel does not take the second seccomp filter", error);
    return {};
}

}  // namespace caseaudit::platform
