// Goal: every field of every stream has one who answers for it: whoever is named nearest, else the
// source's owner.
// Method: name owners in the sample workspace's source and contract and ask for fields.
#include "core/workspace/field_owner.hpp"

#include "core/workspace/load_workspace.hpp"
#include "core/workspace/sample_workspace.hpp"

#include <gtest/gtest.h>

namespace meshline {
namespace {

class FieldOwnerTest : public testing::Test {
  protected:
    void replace(const std::string& file, const std::string& find, const std::string& with) {
        std::string& text = files_.files.at("/shop/" + file);
        const std::size_t at = text.find(find);
        ASSERT_NE(at, std::string::npos);
        text.replace(at, find.size(), with);
    }

    const SourceDefinition& shop() {
        LoadedWorkspace loaded = load_workspace("/shop", files_);
        for (const Error& problem : loaded.problems)
            ADD_FAILURE() << render(problem);
        MESHLINE_CHECK(loaded.workspace.has_value());
        workspace_ = std::move(*loaded.workspace);
        return *workspace_.clients.front().find("shop");
    }

    std::string owner_of(std::string_view stream, std::string_view path) {
        const SourceDefinition& source = shop();
        return field_owner(source, *source.pack->find(stream), path);
    }

    MemoryFiles files_ = sample_workspace();
    Workspace workspace_;
};

TEST_F(FieldOwnerTest, is_the_owner_of_the_source_where_nobody_is_named) {
    EXPECT_EQ(owner_of("lines", "amount"), "ops");
    EXPECT_EQ(owner_of("notes", "place.shelf"), "ops");
}

TEST_F(FieldOwnerTest, is_whom_the_contract_names_for_the_field_or_around_it) {
    replace("packs/sales/contracts/note.schema.json", "\"place\": {",
            "\"place\": {\"x-meshline-owner\": \"finance\", ");
    EXPECT_EQ(owner_of("notes", "place"), "finance");
    EXPECT_EQ(owner_of("notes", "place.shelf"), "finance");
    EXPECT_EQ(owner_of("notes", "id"), "ops");
}

TEST_F(FieldOwnerTest, is_whom_the_source_names_before_whom_the_contract_names) {
    replace("packs/sales/contracts/note.schema.json", "\"place\": {",
            "\"place\": {\"x-meshline-owner\": \"finance\", ");
    replace("clients/retail/sources/shop.yaml", "zone: UTC",
            "zone: UTC\nfield_owners: {notes: {place: ana, id: ben}}");
    EXPECT_EQ(owner_of("notes", "place.shelf"), "ana");
    EXPECT_EQ(owner_of("notes", "id"), "ben");
    EXPECT_EQ(owner_of("notes", "author"), "ops");
}

TEST_F(FieldOwnerTest, the_nearest_name_counts) {
    replace("packs/sales/contracts/note.schema.json", "\"shelf\": {",
            "\"shelf\": {\"x-meshline-owner\": \"finance\", ");
    replace("clients/retail/sources/shop.yaml", "zone: UTC",
            "zone: UTC\nfield_owners: {notes: {place: ana}}");
    EXPECT_EQ(owner_of("notes", "place.shelf"), "finance");
    EXPECT_EQ(owner_of("notes", "place"), "ana");
}

TEST_F(FieldOwnerTest, a_nested_field_is_named_by_its_path) {
    replace("clients/retail/sources/shop.yaml", "zone: UTC",
            "zone: UTC\nfield_owners: {notes: {place.shelf: ana}}");
    EXPECT_EQ(owner_of("notes", "place.shelf"), "ana");
    EXPECT_EQ(owner_of("notes", "place"), "ops");
}

TEST_F(FieldOwnerTest, transforms_are_the_packs_or_the_sources) {
    replace("packs/sales/pack.yaml", "owner: ops", "owner: ben");
    EXPECT_EQ(transform_owner(shop()), "ben");
    files_.files["/shop/clients/retail/sources/cards.yaml"] =
        "source: cards\nowner: finance\npack: stripe\n";
    static_cast<void>(shop());
    EXPECT_EQ(transform_owner(*workspace_.clients.front().find("cards")), "finance");
}

}  // namespace
}  // namespace meshline
