#include "platform/exhaustion.h"

#include <unistd.h>

#include <cstring>
#include <new>
#include <string_view>
#include <system_error>

#include "platform/temporaries.h"

namespace caseaudit::platform {
namespace {

const char* exhausted_sentence = "";
const char* fault_sentence = "";
int end_status = 1;

// With system calls alone, as there is no memory to do it by.
[[noreturn]] void end(const char* sentence) noexcept {
    remove_temporaries();
    static_cast<void>(!::write(STDERR_FILENO, sentence, std::strlen(sentence)));
    ::_exit(end_status);
}

[[noreturn]] void end_uncaught() {
    try {
        if (const auto thrown = std::current_exception()) std::rethrow_exception(thrown);
    } catch (const std::exception& error) {
        if (says_exhausted(error)) end_exhausted();
    } catch (...) {
        end(fault_sentence);
    }
    end(fault_sentence);
}

}  // namespace

void end_when_exhausted(const char* sentence, const char* fault, int status) {
    exhausted_sentence = sentence;
    fault_sentence = fault;
    end_status = status;
    std::set_new_handler(end_exhausted);
    std::set_terminate(end_uncaught);
}

void end_exhausted() noexcept {
    end(exhausted_sentence);
}

bool says_exhausted(const std::exception& error) noexcept {
    if (dynamic_cast<const std::bad_alloc*>(&error) != nullptr) return true;
    if (const auto* of_system = dynamic_cast<const std::system_error*>(&error))
        return of_system->code() == std::errc::not_enough_memory ||
               of_system->code() == std::errc::resource_unavailable_try_again;
    // oneTBB says it of its threads in words alone.
    return std::string_view(error.what()).find("pthread_create") != std::string_view::npos;
}

}  // namespace caseaudit::platform
