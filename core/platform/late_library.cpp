#include "platform/late_library.h"

#include <dlfcn.h>
#include <fmt/format.h>

#include <new>

#include "platform/room_to_load.h"

namespace caseaudit::platform {

MissingLibrary::MissingLibrary(const LibraryName& name, const std::string& cause)
    : std::runtime_error(
          fmt::format("the library {}, which {}, cannot be opened ({})", name.file, name.purpose, cause)),
      hint_(fmt::format("install it (Debian: {})", name.package)) {}

// Not Boost.DLL, which closes what it opened when the process ends.
LateLibrary::LateLibrary(const LibraryName& name) : name_(name) {
    handle_ = ::dlopen(name.file, RTLD_NOW | RTLD_LOCAL);
    if (handle_ != nullptr) return;
    const char* const words = ::dlerror();
    if (lacks_room_to_load(words)) throw std::bad_alloc();
    throw MissingLibrary(name, words);
}

void* LateLibrary::find(const char* function) const {
    void* found = ::dlsym(handle_, function);
    if (found == nullptr) throw MissingLibrary(name_, fmt::format("it has no {}", function));
    return found;
}

}  // namespace caseaudit::platform
