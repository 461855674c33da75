/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/check.h"

#include <string.h>

#include "io/privacy/personal.h"

/* Headers of Qualtrics, SurveyMonkey, LimeSurvey, Google Forms, QuickBooks, Xero, Shopify, Stripe,
   SAP, DATEV, Sage, and a few in other languages. */
static void names(void **state)
{
    (void)state;
    static const char *const column[][2] = {
        {"RecipientEmail", "e-mail address"},
        {"Email Address", "e-mail address"},
        {"E-Mail-Adresse", "e-mail address"},
        {"EMAIL", "e-mail address"},
        {"customer_email", "e-mail address"},
        {"Adresse e-mail", "e-mail address"},
        {"Correo electrónico", "e-mail address"},
        {"IPAddress", "IP address"},
        {"IP Address", "IP address"},
        {"ipaddr", "IP address"},
        {"IP-Adresse", "IP address"},
        {"RecipientFirstName", "name of a person"},
        {"Last Name", "name of a person"},
        {"firstname", "name of a person"},
        {"ContactName", "name of a person"},
        {"Billing Name", "name of a person"},
        {"Name", "name of a person"},
        {"Name 1", "name of a person"},
        {"What is your name?", "name of a person"},
        {"Vorname", "name of a person"},
        {"NACHNAME", "name of a person"},
        {"Prénom", "name of a person"},
        {"Nom", "name of a person"},
        {"Apellidos", "name of a person"},
        {"Cognome", "name of a person"},
        {"Phone", "phone number"},
        {"Billing Phone", "phone number"},
        {"Telefonnummer", "phone number"},
        {"Téléphone", "phone number"},
        {"Mobile", "phone number"},
        {"Street", "street address"},
        {"Shipping Address1", "street address"},
        {"Straße", "street address"},
        {"STRASSE", "street address"},
        {"Rue", "street address"},
        {"LocationLatitude", "place on the earth"},
        {"LocationLongitude", "place on the earth"},
        {"lat", "place on the earth"},
        /* none */
        {"Q1", NULL},
        {"ResponseId", NULL},
        {"customer", NULL},
        {"Customer ID", NULL},
        {"Product name", NULL},
        {"Account Name", NULL},
        {"Brand name 1", NULL},
        {"shipping", NULL},
        {"zip", NULL},
        {"ship_date", NULL},
        {"nominal", NULL},
        {"plate", NULL},
        {"strength", NULL},
        {"hotel", NULL},
        {"Mobile App usage", NULL},
        {"segment", NULL},
        {"", NULL},
        {"\xff\xfe", NULL},
    };
    struct arena *keep = arena_new();
    for (size_t i = 0; i < sizeof column / sizeof *column; i++) {
        const char *kind = personal_by_name(column[i][0], keep);
        if (column[i][1] == NULL && kind)
            fail_msg("'%s' is taken for: %s", column[i][0], kind);
        if (column[i][1] && (!kind || strcmp(kind, column[i][1]) != 0))
            fail_msg("'%s' is taken for: %s", column[i][0], kind ? kind : "nothing");
    }
    arena_free(keep);
}

static void cells(void **state)
{
    (void)state;
    static const char *const cell[][2] = {
        {"ann@example.com", "e-mail address"},
        {"  ann.lee+x@mail.example.co.uk ", "e-mail address"},
        {"jörg@bücher.de", "e-mail address"},
        {"192.168.0.17", "IP address"},
        {"2001:db8::8a2e:370:7334", "IP address"},
        {"fe80::1", "IP address"},
        {"ann@example", NULL},
        {"@example.com", NULL},
        {"ann@.com", NULL},
        {"ann at example.com", NULL},
        {"write to ann@example.com", NULL},
        {"256.1.1.1", NULL},
        {"1.2.3", NULL},
        {"1.234.567,89", NULL},
        {"12:30:45", NULL},
        {"2025-01-10", NULL},
        {"4711", NULL},
        {"", NULL},
    };
    for (size_t i = 0; i < sizeof cell / sizeof *cell; i++) {
        const char *kind = personal_by_cell(cell[i][0]);
        if (cell[i][1] ? !kind || strcmp(kind, cell[i][1]) != 0 : kind != NULL)
            fail_msg("'%s' is taken for: %s", cell[i][0], kind ? kind : "nothing");
    }
}

static void masks(void **state)
{
    (void)state;
    static const char *const text[][2] = {
        {"A1,2024-01-10,ann@example.com,7", "A1,2024-01-10,[e-mail],7"},
        {"write to ann@example.com.", "write to [e-mail]."},
        {"<ann@example.com>; bob@example.org", "<[e-mail]>; [e-mail]"},
        {"mailto:ann@example.com", "mailto:[e-mail]"},
        {"from 10.0.0.1, then 10.0.0.2.", "from [IP address], then [IP address]."},
        {"x=2001:db8::1;y", "x=[IP address];y"},
        {"a@b a@b.de@c.de", "a@b [e-mail]@c.de"},
        {"2024-01-10 12:30:45;1.234,56;C-17", "2024-01-10 12:30:45;1.234,56;C-17"},
        {"10.0.0.1.5", "10.0.0.1.5"},
        {"v1.2.3.4", "v1.2.3.4"},
        {"::", "::"},
        {"@", "@"},
        {"", ""},
    };
    struct arena *keep = arena_new();
    for (size_t i = 0; i < sizeof text / sizeof *text; i++)
        assert_string_equal(personal_masked(text[i][0], keep), text[i][1]);
    arena_free(keep);
}

static const struct frame *table(size_t n, const char *const name[], const char *const cell[],
                                 size_t n_rows, struct arena *keep)
{
    struct frame_builder *b = frame_builder_new("t", keep);
    for (size_t j = 0; j < n; j++)
        frame_builder_column(b, &(struct column){.name = name[j], .type = COLUMN_TEXT});
    for (size_t i = 0; i < n_rows; i++) {
        for (size_t j = 0; j < n; j++)
            if (cell[i * n + j])
                frame_put_text(b, j, cell[i * n + j]);
        frame_end_row(b);
    }
    return frame_builder_finish(b);
}

/* One cell of ten that is an address makes a column personal; one of eleven does not. */
static void columns(void **state)
{
    (void)state;
    const char *name[] = {"id", "q1", "comment", "who", "Vorname"};
    const char *cell[11 * 5] = {NULL};
    struct arena *keep = arena_new();
    for (size_t i = 0; i < 11; i++) {
        cell[i * 5] = "A1";
        cell[i * 5 + 1] = "7";
        cell[i * 5 + 2] = i == 3 ? "ann@example.com" : "good";
        cell[i * 5 + 3] = i == 3 ? "ann@example.com" : i < 10 ? "-" : NULL;
        cell[i * 5 + 4] = "Ann";
    }
    const struct frame *f = table(5, name, cell, 11, keep);
    struct personal p = personal_of_frame(f, keep);
    assert_string_equal(personal_list(&p, keep),
                        "who (e-mail address), Vorname (name of a person)");
    assert_ptr_equal(personal_find(&p, "Vorname"), &p.at[1]);
    assert_null(personal_find(&p, "id"));
    assert_null(personal_find(&p, NULL));
    assert_string_equal(personal_record(f, &p, 3, 200, keep),
                        "A1,7,[e-mail],[e-mail address],[name of a person]");
    assert_string_equal(personal_record(f, &p, 10, 200, keep), "A1,7,good,,[name of a person]");
    assert_string_equal(personal_record(f, &p, 0, 4, keep), "A1,7");
    assert_int_equal(personal_of_frame(table(2, name, cell, 0, keep), keep).n, 0);
    arena_free(keep);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(names), cmocka_unit_test(cells),
                                       cmocka_unit_test(masks), cmocka_unit_test(columns)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
