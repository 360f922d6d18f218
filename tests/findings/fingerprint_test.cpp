#include "findings/fingerprint.h"

using caseaudit::findings::Fingerprint;

TEST_CASE("a fingerprint tells every part apart", "[findings]") {
    const Fingerprint fingerprint;
    const auto id = fingerprint.of("ssda903", "148", "A1", "episodes DECOM=2024-05-01");
    CHECK(id.size() == 32);
    CHECK(id.find_first_not_of("0123456789abcdef") == std::string::npos);
    CHECK(id == fingerprint.of("ssda903", "148", "A1", "episodes DECOM=2024-05-01"));
    CHECK(id != fingerprint.of("iro", "148", "A1", "episodes DECOM=2024-05-01"));
    CHECK(id != fingerprint.of("ssda903", "149", "A1", "episodes DECOM=2024-05-01"));
    CHECK(id != fingerprint.of("ssda903", "148", "A2", "episodes DECOM=2024-05-01"));
    CHECK(id != fingerprint.of("ssda903", "148", "A1", "episodes DECOM=2024-05-02"));
    CHECK(fingerprint.of("ab", "c", "", "") != fingerprint.of("a", "bc", "", ""));
}

TEST_CASE("a pseudonym stands for one case and one key, and no id is ever one", "[findings]") {
    const Fingerprint built_in, own("a key of this authority");
    CHECK(built_in.pseudonym("A1").size() == 20);
    CHECK(built_in.pseudonym("A1") == Fingerprint{}.pseudonym("A1"));
    CHECK(built_in.pseudonym("A1") != built_in.pseudonym("A2"));
    CHECK(built_in.pseudonym("A1") != own.pseudonym("A1"));
    CHECK(built_in.key_id() != own.key_id());
    CHECK(built_in.key_id().size() == 8);
    // HMAC-SHA256("a key of this authority", "case:A1"), made with: openssl dgst -sha256 -hmac
    CHECK(own.pseudonym("A1") == "c6f0258839c9a6f19903");
}

TEST_CASE("another key makes other fingerprints", "[findings]") {
    const Fingerprint built_in, own("a key of this authority");
    CHECK_FALSE(built_in.own_key());
    CHECK(own.own_key());
    CHECK(built_in.of("p", "r", "c", "i") != own.of("p", "r", "c", "i"));
}
