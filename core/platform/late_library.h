// Libraries that not every run needs, opened when one does. Linked like the others they would take a quarter
// of the time in which the command starts.
#pragma once
#include <optional>
#include <stdexcept>
#include <string>

#include "diagnostic/diagnostic.h"

namespace caseaudit::platform {

// What to call it, should it be missing. `file` is its name with the version of its interface (SONAME), which
// the build finds out: caseaudit_late_library() in cmake/.
struct LibraryName {
    const char* file;
    const char* purpose;  // "the library FILE, which PURPOSE, cannot be opened"
    const char* package;  // of Debian
};

class MissingLibrary : public std::runtime_error {
  public:
    // `cause`: in the words of the system's loader, as the fault may lie in what the library itself needs.
    MissingLibrary(const LibraryName& name, const std::string& cause);
    Diagnostic diagnostic() const { return {"library.missing", what(), {}, "", hint_, {}}; }

  private:
    std::string hint_;
};

// What structs that hold its functions derive from.
class LateLibrary {
  public:
    // Looks where the system's loader does. Throws MissingLibrary, and std::bad_alloc.
    explicit LateLibrary(const LibraryName& name);
    LateLibrary(const LateLibrary&) = delete;
    LateLibrary& operator=(const LateLibrary&) = delete;

    // One of its functions, called as itself: Function<decltype(::zip_fread)> fread{*this, "zip_fread"};
    template <class Signature>
    class Function {
      public:
        // Throws MissingLibrary.
        Function(const LateLibrary& library, const char* name)
            : function_(reinterpret_cast<Signature*>(library.find(name))) {}
        operator Signature*() const {
            return function_;
        }  // NOLINT(google-explicit-constructor): to be called

      private:
        Signature* function_;
    };

  protected:
    ~LateLibrary() = default;

  private:
    void* find(const char* function) const;
    const LibraryName& name_;
    void* handle_ = nullptr;
};

// The one of its kind, open from the first call on and never closed: threads may be in it when the process
// ends. Throws MissingLibrary.
template <class Library>
const Library& late() {
    static const Library& library = *new Library;
    return library;
}

// What to tell the user when it cannot be opened.
template <class Library>
std::optional<Diagnostic> why_missing() {
    try {
        late<Library>();
        return std::nullopt;
    } catch (const MissingLibrary& missing) {
        return missing.diagnostic();
    }
}

}  // namespace caseaudit::platform
