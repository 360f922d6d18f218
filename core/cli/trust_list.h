// The plugins that the user vouches for: they run in the command's own process. A file of the user's own that
// names each by the SHA-256 of its content, so that what is changed is trusted no more.
#pragma once
#include <string>
#include <vector>

#include "diagnostic/diagnostic.h"

namespace caseaudit::cli {

struct Trusted {
    std::string sha256;  // lower case hexadecimal
    std::string file;    // where it was when it was trusted: for people to read, and not compared
};

class TrustList {
  public:
    // The list in the user's configuration folder (see configuration_folder()); no file, no plugins. Fails
    // with "trust.unsafe" when somebody else may have written it, "trust.unreadable", and "trust.malformed".
    static Result<TrustList> read(const std::string& folder);
    static std::string path_in(const std::string& folder);  // "" where there is no such folder
    // Makes folder and file, 0700 and 0600. Fails with "trust.write".
    Diagnostics write() const;

    bool holds(const std::string& sha256) const;
    void add(Trusted plugin);                // once for each hash
    bool remove(const std::string& sha256);  // whether it was there
    const std::vector<Trusted>& plugins() const { return plugins_; }

  private:
    std::string folder_;
    std::vector<Trusted> plugins_;
};

}  // namespace caseaudit::cli
