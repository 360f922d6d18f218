// The id of a finding: a keyed fingerprint of what is wrong with which record. The same after the extract
// is made again and its rows come in another order; another for another case, rule or record.
#pragma once
#include <string>
#include <string_view>

namespace caseaudit::findings {

// Whoever holds the key can try out case numbers; whoever does not learns nothing from an id. Without a
// key of its own an authority uses the built-in one, which is public.
class Fingerprint {
  public:
    explicit Fingerprint(std::string key = {});  // "" = the built-in key
    // HMAC-SHA256 over pack, rule, case and identity, the first 128 bits in hexadecimal.
    std::string of(std::string_view pack, std::string_view rule, std::string_view case_key,
                   std::string_view identity) const;
    bool own_key() const { return own_key_; }

  private:
    std::string key_;
    bool own_key_;
};

}  // namespace caseaudit::findings
