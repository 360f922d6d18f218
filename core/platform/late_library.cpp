#include "platform/late_library.h"

#include <dlfcn.h>
#include <fmt/format.h>

#include <cerrno>
#include <new>

namespace caseaudit::platform {

MissingLibrary::MissingLibrary(const LibraryName& name, const std::string& cause)
    : std::runtime_error(
          fmt::format("the library {}, which {}, cannot be opened ({})", name.file, name.purpose, cause)),
      hint_(fmt::format("install it (Debian: {})", name.package)) {}

// Not Boost.DLL, which closes what it opened when the process ends.
LateLibrary::LateLibrary(const LibraryName& name) : name_(name) {
    errno = 0;
    handle_ = ::dlopen(name.file, RTLD_NOW | RTLD_LOCAL);
    if (handle_ != nullptr) return;
    if (errno == ENOMEM) throw std::bad_alloc();
    throw MissingLibrary(name, ::dlerror());
}

void* LateLibrary::find(const char* function) const {
    void* found = ::dlsym(handle_, function);
    if (found == nullptr) throw MissingLibrary(name_, fmt::format("it has no {}", function));
    return found;
}

}  // namespace caseaudit::platform
