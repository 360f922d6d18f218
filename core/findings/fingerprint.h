// The id of a finding and the pseudonym of a case, both made with a key. An id is a fingerprint of what is
// wrong with which record: the same after the extract is made again and its rows come in another order;
// another for another case, rule or record.
#pragma once
#include <string>
#include <string_view>

namespace caseaudit::findings {

// Whoever holds the key can try out case numbers; whoever does not learns nothing from an id. Without a
// key of its own an authority uses the built-in one, which is public.
class Fingerprint {
  public:
    explicit Fingerprint(std::string key = {});  // its bytes, see key_file.h; "" = the built-in key
    // HMAC-SHA256 over pack, rule, case and identity, the first 128 bits in hexadecimal.
    std::string of(std::string_view pack, std::string_view rule, std::string_view case_key,
                   std::string_view identity) const;
    // What stands for a case key in output: HMAC-SHA256 over it, the first 80 bits in hexadecimal. Of a
    // million cases two share one with a probability of one in a million million.
    std::string pseudonym(std::string_view case_key) const;
    // Tells keys apart and nothing else: 32 bits of an HMAC-SHA256 over a constant, in hexadecimal.
    std::string key_id() const;
    bool own_key() const { return own_key_; }

  private:
    std::string hexadecimal(std::string_view material, int bytes) const;
    std::string key_;
    bool own_key_;
};

}  // namespace caseaudit::findings
