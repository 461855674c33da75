/* SPDX-License-Identifier: GPL-3.0-or-later
   docs/study-file.md says what the schema says. */
#include <stdio.h>
#include <string.h>

#include "io/key/keys.h"
#include "io/ledger/behaviours.h"
#include "io/study/check.h"
#include "tests/check.h"

static const char *page(struct arena *keep)
{
    char *text = ARENA_NEW(keep, char, 1 << 16);
    FILE *f = fopen("docs/study-file.md", "rb");
    assert_non_null(f);
    assert_true(fread(text, 1, (1 << 16) - 1, f) > 0);
    fclose(f);
    return text;
}

/* The word in code marks, or at their beginning: `strip_prefix:TEXT`. */
static void assert_told(const char *text, const char *word, struct arena *keep)
{
    if (!strstr(text, arena_printf(keep, "`%s`", word)) &&
        !strstr(text, arena_printf(keep, "`%s:", word)) &&
        !strstr(text, arena_printf(keep, "{%s:", word)) &&
        !strstr(text, arena_printf(keep, ", %s:", word)))
        fail_msg("docs/study-file.md does not tell of '%s'", word);
}

static void tell_keys(const char *text, const cyaml_schema_value_t *schema, struct arena *keep)
{
    if (schema->type == CYAML_SEQUENCE)
        tell_keys(text, schema->sequence.entry, keep);
    if (schema->type == CYAML_ENUM)
        for (uint32_t i = 0; i < schema->enumeration.count; i++)
            assert_told(text, schema->enumeration.strings[i].str, keep);
    if (schema->type != CYAML_MAPPING)
        return;
    for (const cyaml_schema_field_t *field = schema->mapping.fields; field->key; field++) {
        assert_told(text, field->key, keep);
        tell_keys(text, &field->value, keep);
    }
}

static void every_key_and_word_is_told(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    const char *text = page(keep);
    tell_keys(text, &study_schema, keep);
    for (size_t i = 0; i < n_behaviours; i++)
        assert_told(text, behaviours[i].name, keep);
    for (size_t i = 0; i < n_key_rules; i++)
        assert_told(text, key_rules[i].name, keep);
    arena_free(keep);
}

static void the_example_is_a_study(void **state)
{
    (void)state;
    struct arena *keep = arena_new();
    const char *begin = strstr(page(keep), "```yaml\n") + 8, *end = strstr(begin, "```");
    struct err err = {0};
    const struct study *s = study_from_bytes("s.yml", begin, (size_t)(end - begin), keep, &err);
    assert_string_equal(err.message, "");
    assert_non_null(s);
    assert_int_equal(s->n_scales, 2);
    assert_int_equal(s->analysis.min_n, 30);
    arena_free(keep);
}

static void behaviours_by_name(void **state)
{
    (void)state;
    enum behaviour_period period;
    struct arena *keep = arena_new();
    assert_string_equal(behaviour_find("spend", &period)->name, "spend");
    assert_int_equal(period, BEHAVIOUR_WINDOW);
    assert_string_equal(behaviour_find("baseline_gap", &period)->name, "gap");
    assert_int_equal(period, BEHAVIOUR_BASELINE);
    assert_string_equal(behaviour_find("change_lines", &period)->name, "lines");
    assert_int_equal(period, BEHAVIOUR_CHANGE);
    assert_null(behaviour_find("change_", &period));
    assert_null(behaviour_find("change_baseline_spend", &period));
    assert_string_equal(behaviour_words(keep)[n_behaviours], "baseline_retained");
    for (size_t i = 0; i < 3 * n_behaviours; i++)
        assert_non_null(behaviour_find(behaviour_words(keep)[i], NULL));
    arena_free(keep);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_key_and_word_is_told),
        cmocka_unit_test(the_example_is_a_study),
        cmocka_unit_test(behaviours_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
