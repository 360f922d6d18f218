#include "rulepack/plugin_need.h"

#include "rulepack/temporary_packs.h"

using namespace caseaudit;
using rulepack::parse_megabytes;
using rulepack::parse_seconds;

TEST_CASE("times and amounts of memory have a unit") {
    CHECK(parse_seconds("2 s") == 2.0);
    CHECK(parse_seconds("500 ms") == 0.5);
    CHECK(parse_seconds("1.5min") == 90.0);
    CHECK(parse_seconds("60 min") == 3600.0);
    for (const char* wrong :
         {"", "2", "s", "-2 s", "0 s", "61 min", "2 sec", "2 s.", "1e3 s", "2 s 3", "nan s", "inf s"}) {
        INFO(wrong);
        CHECK_FALSE(parse_seconds(wrong).has_value());
    }
    CHECK(parse_megabytes("512 MB") == 512.0);
    CHECK(parse_megabytes("2GB") == 2048.0);
    for (const char* wrong : {"512", "512 mb", "0 MB", "1025 GB", "2 TB", "MB 2"}) {
        INFO(wrong);
        CHECK_FALSE(parse_megabytes(wrong).has_value());
    }
}

TEST_CASE("a pack has the plugins that it needs and those of the packs it extends, each with its place") {
    const TemporaryPacks packs;
    const std::string use = "    check: authority.held\n";
    packs.pack("base", "plugins:\n  authority: {version: \">=1.2, <2\", limits: {record: 2 s, breaks: 7}}\n");
    packs.write("base/rules.yaml", "rules:\n" + rule("one", use));
    packs.write(
        "heir/pack.yaml",
        "id: heir\nversion: 1.0.0\ntitle: Heir\nextends: base\nplugins:\n  authority:\n    version: 1.3\n"
        "    limits: {memory: 1 GB}\n");
    const auto loaded = packs.sound("heir");
    REQUIRE(loaded.pack.plugins.size() == 2);
    const auto &first = loaded.pack.plugins[0], &second = loaded.pack.plugins[1];
    CHECK(first.name == "authority");
    CHECK(first.version == ">=1.2, <2");
    CHECK(first.pack == "base");
    CHECK(first.limits.seconds == 2.0);
    CHECK(first.limits.breaks == 7u);
    CHECK_FALSE(first.limits.megabytes.has_value());
    CHECK(second.pack == "heir");
    CHECK(second.folder == packs.path("heir"));
    CHECK(second.version == "1.3");
    CHECK(second.limits.megabytes == 1024.0);
    CHECK_FALSE(second.limits.seconds.has_value());
    CHECK(second.place.file == packs.path("heir/pack.yaml"));
    CHECK(second.place.line == 6);
    CHECK(second.place.column == 3);
    CHECK(second.version_place.line == 7);
    CHECK(second.version_place.column == 14);
    CHECK(packs.sound("base").pack.plugins.size() == 1);
}
