// caseaudit-worker: holds one plugin that is not trusted, and nothing else. Started by the host alone, with
// the descriptors of protocol.h and two numbers: the host's process and the bytes of memory it may use.
#include <sys/mman.h>
#include <unistd.h>

#include <cstdlib>
#include <ctime>

#include "platform/confinement.h"
#include "plugin/link_library.h"
#include "sandbox/judges.h"
#include "sandbox/plugin_table.h"

namespace {

using namespace caseaudit;
using namespace caseaudit::sandbox;

const std::string plugin_path = "/proc/self/fd/" + std::to_string(plugin_descriptor);

Results* told = nullptr;  // for the signal handler

[[noreturn]] void on_refused(int call) {
    told->refused_call(call);
    ::_exit(1);
}

void* map(int descriptor, std::size_t size, int protection) {
    void* memory = ::mmap(nullptr, size, protection, MAP_SHARED, descriptor, 0);
    if (memory == MAP_FAILED) ::_exit(1);
    ::close(descriptor);
    return memory;
}

void cut(std::string& text) {
    text.resize(std::min(text.size(), std::size_t{2000}));
}

std::string encode(Diagnostics problems) {
    problems.resize(std::min(problems.size(), std::size_t{100}));
    Encoder out;
    out.put(static_cast<std::uint32_t>(problems.size()));
    for (auto& problem : problems) {
        cut(problem.message);
        cut(problem.hint);
        out.text(problem.code).text(problem.message).text(problem.hint);
        out.put(static_cast<std::uint32_t>(problem.within.size()));
        for (auto& step : problem.within) {
            cut(step);
            out.text(step);
        }
    }
    return out.bytes();
}

// Loads the plugin, giving rights away on the way.
Result<const caseaudit_plugin*> load(const platform::Confinement& confinement) {
    ::tzset();  // reads files, so now
    if (auto problems = platform::confine_for_loading(confinement); !problems.empty()) return problems;
    auto entry = plugin::link_library(plugin_path);
    if (!entry) return entry.errors();
    if (auto problems = platform::confine_for_judging(confinement); !problems.empty()) return problems;
    return plugin::read_table(*entry, plugin_path);
}

void serve(const caseaudit_plugin& plugin, const std::byte* input, Results& results) {
    Judges judges(plugin, input, results);
    const Hint asked(*reinterpret_cast<const std::atomic<std::uint32_t>*>(input + asked_place));
    Message request;
    for (;;) {
        asked.await_change(request.sequence, look_for_request);
        if (!receive(control_descriptor, request)) return;
        const std::string_view content(reinterpret_cast<const char*>(input),
                                       static_cast<std::size_t>(request.value));
        results.begin(request.sequence);
        if (request.kind == static_cast<std::uint32_t>(Kind::create)) {
            judges.create(content);
            results.send(Kind::made);
        } else {
            judges.run(content);
            results.send(Kind::done);
        }
    }
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) return 2;
    const auto* input = static_cast<const std::byte*>(map(input_descriptor, input_size, PROT_READ));
    auto* output = static_cast<std::byte*>(map(output_descriptor, output_size, PROT_READ | PROT_WRITE));
    Results results(output, control_descriptor);
    told = &results;
    results.begin(0);
    platform::Confinement confinement;
    confinement.parent = std::atoi(argv[1]);
    confinement.address_space = std::strtoull(argv[2], nullptr, 10) + input_size + output_size;
    confinement.control = control_descriptor;
    confinement.refused = on_refused;
    const auto plugin = load(confinement);
    results.frame(plugin ? Frame::description : Frame::failure,
                  plugin ? encode_plugin(**plugin) : encode(plugin.errors()));
    results.send(Kind::ready);
    if (plugin) serve(**plugin, input, results);
    ::_exit(0);  // what the plugin would do at exit is of no use to anybody
}
