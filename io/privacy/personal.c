/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/privacy/personal.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <string.h>
#include <sys/stat.h>

#include "io/table/records.h"
#include "io/text/glyph.h"

/* Words of headers, folded and parted by blanks: "RecipientEmail" is "recipient email".  A phrase
   is sought in them; one that begins with '=' is all of them. */
static const char *const words_e_mail[] = {"email",
                                           "emails",
                                           "e mail",
                                           "mail",
                                           "mailadresse",
                                           "emailadresse",
                                           "courriel",
                                           "courrier electronique",
                                           "correo electronico",
                                           "correo electrónico",
                                           "=correo",
                                           "posta elettronica",
                                           "emailaddress",
                                           "epost",
                                           "e post",
                                           NULL};
static const char *const words_ip_address[] = {"ip", "ipaddress", "ipadresse", "ipaddr", NULL};
static const char *const words_person[] = {"=name",
                                           "=names",
                                           "=name 1",
                                           "=name 2",
                                           "your name",
                                           "first name",
                                           "firstname",
                                           "last name",
                                           "lastname",
                                           "full name",
                                           "fullname",
                                           "middle name",
                                           "given name",
                                           "family name",
                                           "forename",
                                           "surname",
                                           "contact name",
                                           "contact person",
                                           "customer name",
                                           "client name",
                                           "recipient name",
                                           "respondent name",
                                           "billing name",
                                           "shipping name",
                                           "cardholder",
                                           "card name",
                                           "buyer name",
                                           "payer name",
                                           "user name",
                                           "username",
                                           "vorname",
                                           "nachname",
                                           "familienname",
                                           "zuname",
                                           "kundenname",
                                           "ansprechpartner",
                                           "benutzername",
                                           "prenom",
                                           "prénom",
                                           "=nom",
                                           "nom de famille",
                                           "nom du client",
                                           "nom client",
                                           "nom complet",
                                           "=nombre",
                                           "nombre completo",
                                           "nombre cliente",
                                           "nombre del cliente",
                                           "apellido",
                                           "apellidos",
                                           "cognome",
                                           "=nome",
                                           "nome cliente",
                                           "nome completo",
                                           "sobrenome",
                                           "voornaam",
                                           "achternaam",
                                           "=naam",
                                           "klantnaam",
                                           "förnamn",
                                           "efternamn",
                                           "fornavn",
                                           "etternavn",
                                           "imię",
                                           "imie",
                                           "nazwisko",
                                           NULL};
static const char *const words_phone[] = {
    "phone",       "telephone",   "mobile number", "mobile phone",  "=mobile",     "cellphone",
    "cell phone",  "phonenumber", "telefon",       "telefonnummer", "mobilnummer", "=mobil",
    "handynummer", "=handy",      "rufnummer",     "téléphone",     "telefono",    "teléfono",
    "telefone",    "celular",     "cellulare",     "móvil",         "telefoon",    "=tel",
    "tel no",      "whatsapp",    "fax",           "msisdn",        NULL};
static const char *const words_coordinates[] = {
    "latitude",    "longitude",   "=lat",        "=lon",        "=lng",
    "geo",         "gps",         "geolocation", "coordinates", "koordinaten",
    "breitengrad", "längengrad",  "laengengrad", "latitud",     "longitud",
    "latitudine",  "longitudine", "coordonnées", NULL};
static const char *const words_street[] = {
    "street",     "address", "addr",     "strasse",   "=str",      "adresse",    "anschrift",
    "hausnummer", "rue",     "calle",    "dirección", "direccion", "domicilio",  "indirizzo",
    "straat",     "adres",   "endereço", "endereco",  "ulica",     "gatuadress", NULL};

struct kind {
    const char *told;
    const char *const *words;
};

static const struct kind kinds[] = {
#define X(name, told) {told, words_##name},
    PERSONAL_LIST(X)
#undef X
};
enum { N_KINDS = sizeof kinds / sizeof *kinds };

/* ---- names ---- */

static bool is_letter(unsigned char c)
{
    return isalpha(c) || c >= 0x80;
}

/* Does a word begin between these?  "cE" of RecipientEmail, "PAd" of IPAddress, "s1". */
static bool parts(unsigned char before, unsigned char c, unsigned char after)
{
    return (islower(before) && isupper(c)) || (isupper(before) && isupper(c) && islower(after)) ||
           (is_letter(before) && isdigit(c)) || (isdigit(before) && is_letter(c));
}

/* " recipient email " */
static const char *words_of(const char *column, struct arena *keep)
{
    const char *text = text_valid(column, keep);
    const size_t n = strlen(text);
    char *words = ARENA_NEW(keep, char, 2 * n + 3), *to = words;
    *to++ = ' ';
    for (size_t i = 0; i < n; i++) {
        const unsigned char c = (unsigned char)text[i];
        const bool part = i > 0 && parts((unsigned char)text[i - 1], c, (unsigned char)text[i + 1]);
        const bool kept = is_letter(c) || isdigit(c);
        if (to[-1] != ' ' && (part || !kept))
            *to++ = ' ';
        if (kept)
            *to++ = (char)c;
    }
    if (to[-1] != ' ')
        *to++ = ' ';
    *to = '\0';
    return text_folded(words, keep);
}

static bool has_phrase(const char *words, const char *phrase, struct arena *scratch)
{
    if (*phrase == '=')
        return strcmp(words, arena_printf(scratch, " %s ", phrase + 1)) == 0;
    return strstr(words, arena_printf(scratch, " %s ", phrase)) != NULL;
}

const char *personal_by_name(const char *column, struct arena *keep)
{
    const char *words = words_of(column, keep);
    for (size_t k = 0; k < N_KINDS; k++)
        for (size_t i = 0; kinds[k].words[i]; i++)
            if (has_phrase(words, kinds[k].words[i], keep))
                return kinds[k].told;
    return NULL;
}

/* ---- shapes ---- */

static bool is_local(unsigned char c)
{
    return isalnum(c) || c >= 0x80 || (c && strchr("._%+'-", c));
}

static bool is_domain(unsigned char c)
{
    return isalnum(c) || c >= 0x80 || c == '.' || c == '-';
}

/* An e-mail address around the '@' at `at`: gives its length and where it begins, or 0. */
static size_t e_mail_at(const char *text, size_t at, size_t *begin)
{
    size_t from = at, to = at + 1, dot = 0;
    while (from > 0 && is_local((unsigned char)text[from - 1]))
        from--;
    while (is_domain((unsigned char)text[to]))
        to++;
    while (to > at + 1 && (text[to - 1] == '.' || text[to - 1] == '-'))
        to--;
    for (size_t i = at + 2; i + 2 < to; i++)
        dot = text[i] == '.' ? i : dot;
    *begin = from;
    return from < at && dot > 0 ? to - from : 0;
}

enum { LONGEST_IP = 45 };

static bool is_ip(const char *text, size_t n)
{
    unsigned char address[16];
    char copy[LONGEST_IP + 1];
    if (n < 4 || n > LONGEST_IP)
        return false;
    memcpy(copy, text, n);
    copy[n] = '\0';
    return inet_pton(strchr(copy, ':') ? AF_INET6 : AF_INET, copy, address) == 1;
}

static bool is_of_ip(unsigned char c)
{
    return isxdigit(c) || c == '.' || c == ':';
}

/* The length of an IP address that begins at `at`, or 0. */
static size_t ip_at(const char *text, size_t at)
{
    size_t n = 0;
    if (at > 0 && (isalnum((unsigned char)text[at - 1]) || is_of_ip((unsigned char)text[at - 1])))
        return 0;
    while (is_of_ip((unsigned char)text[at + n]))
        n++;
    if (is_letter((unsigned char)text[at + n]))
        return 0;
    if (is_ip(text + at, n))
        return n;
    while (n > 0 && (text[at + n - 1] == '.' || text[at + n - 1] == ':'))
        n--;
    return is_ip(text + at, n) ? n : 0;
}

const char *personal_by_cell(const char *text)
{
    size_t begin;
    text += strspn(text, " \t\r\n");
    size_t n = strlen(text);
    while (n > 0 && isspace((unsigned char)text[n - 1]))
        n--;
    const char *at = memchr(text, '@', n);
    if (at && e_mail_at(text, (size_t)(at - text), &begin) == n && begin == 0)
        return "e-mail address";
    return is_ip(text, n) ? "IP address" : NULL;
}

/* What has a personal shape from `from` on: where and how long; NULL: nothing. */
static const char *next_shape(const char *text, size_t from, size_t *at, size_t *length)
{
    for (size_t i = from; text[i]; i++) {
        if (text[i] == '@' && (*length = e_mail_at(text, i, at)) && *at >= from)
            return "[e-mail]";
        if (is_of_ip((unsigned char)text[i]) && (*length = ip_at(text, i))) {
            *at = i;
            return "[IP address]";
        }
    }
    return NULL;
}

const char *personal_masked(const char *text, struct arena *keep)
{
    size_t from = 0, at, length;
    const char *word, *masked = "";
    while ((word = next_shape(text, from, &at, &length))) {
        masked = arena_printf(keep, "%s%.*s%s", masked, (int)(at - from), text + from, word);
        from = at + length;
    }
    return from ? arena_printf(keep, "%s%s", masked, text + from) : text;
}

/* ---- tables ---- */

enum { MOST_LOOKED_AT = 5000 };

/* Cells of one column by their shape. */
struct shapes {
    size_t n, e_mail, ip;
};

static void look_at(struct shapes *s, const char *text)
{
    const char *kind = text && *text ? personal_by_cell(text) : NULL;
    s->n += text && *text;
    s->e_mail += kind && *kind == 'e';
    s->ip += kind && *kind == 'I';
}

static const char *kind_of(const char *name, const struct shapes *s, struct arena *keep)
{
    if (s->e_mail > 0 && 10 * s->e_mail >= s->n)
        return "e-mail address";
    if (s->ip > 0 && 10 * s->ip >= s->n)
        return "IP address";
    return personal_by_name(name, keep);
}

/* `told`: the names in the file, by which a column's kind is known. */
static struct personal personal_of_columns(const char *const *name, const char *const *told,
                                           const struct shapes *s, size_t n, struct arena *keep)
{
    struct personal_column *at = ARENA_NEW(keep, struct personal_column, n);
    struct personal p = {.at = at};
    for (size_t j = 0; j < n; j++) {
        const char *kind = kind_of(told[j], &s[j], keep);
        if (kind)
            at[p.n++] = (struct personal_column){j, name[j], kind};
    }
    return p;
}

struct personal personal_of_frame(const struct frame *f, struct arena *keep)
{
    struct shapes *s = ARENA_NEW(keep, struct shapes, f->n_cols);
    const char **told = ARENA_NEW(keep, const char *, f->n_cols);
    const size_t step = f->n_rows / MOST_LOOKED_AT + 1;
    for (size_t j = 0; j < f->n_cols; j++)
        told[j] = column_source(&f->cols[j]);
    for (size_t j = 0; j < f->n_cols; j++)
        for (size_t i = 0; f->cols[j].type == COLUMN_TEXT && i < f->n_rows; i += step)
            look_at(&s[j], f->cols[j].as.text[i]);
    return personal_of_columns(frame_names(f, keep), told, s, f->n_cols, keep);
}

/* ---- ledgers ---- */

enum { MOST_HEADER = 100 };

static bool holds(const struct record_cell *cell, size_t n, const char *text)
{
    for (size_t j = 0; text && j < n; j++)
        if (strcmp(cell[j].text, text) == 0)
            return true;
    return false;
}

/* Does a record name the column of the customers, in whichever way it is declared? */
static bool is_header(const struct record_cell *cell, size_t n, const struct study_ledger *l)
{
    return holds(cell, n, l->key) || holds(cell, n, l->date) ||
           (l->party.columns.n && holds(cell, n, l->party.columns.at[0]));
}

static struct personal of_records(struct records *r, const struct study_ledger *l,
                                  struct arena *keep)
{
    struct err err = {0};
    const struct record_cell *cell;
    size_t n, most = 0;
    for (size_t i = 0; i < MOST_HEADER && records_next(r, &cell, &n, &err); i++)
        if (is_header(cell, n, l)) {
            most = n;
            break;
        }
    const char **name = ARENA_NEW(keep, const char *, most);
    struct shapes *s = ARENA_NEW(keep, struct shapes, most);
    for (size_t j = 0; j < most; j++)
        name[j] = arena_strdup(keep, cell[j].text);
    for (size_t i = 0; most && i < MOST_LOOKED_AT && records_next(r, &cell, &n, &err); i++)
        for (size_t j = 0; j < n && j < most; j++)
            look_at(&s[j], cell[j].text);
    return personal_of_columns(name, name, s, most, keep);
}

struct personal personal_of_ledger(const struct study *study, size_t ledger, struct arena *keep)
{
    struct stat st;
    struct err err = {0};
    const struct study_ledger *l = &study->ledgers[ledger];
    const char *path = study_path(study, l->file, keep);
    struct csv_dialect dialect = {.delimiter = study_delimiter(l->delimiter),
                                  .encoding = l->encoding};
    if (stat(path, &st) != 0 || !S_ISREG(st.st_mode))
        return (struct personal){0};
    struct records *r = records_open(path, &dialect, l->sheet, keep, &err);
    if (!r)
        return (struct personal){0};
    struct personal p = of_records(r, l, keep);
    records_close(r);
    return p;
}

/* ---- what is told ---- */

const char *personal_list(const struct personal *p, struct arena *keep)
{
    const char *list = "";
    for (size_t i = 0; i < p->n; i++)
        list =
            arena_printf(keep, "%s%s%s (%s)", list, i ? ", " : "",
                         text_one_line(personal_masked(p->at[i].name, keep), keep), p->at[i].kind);
    return list;
}

const struct personal_column *personal_find(const struct personal *p, const char *column)
{
    for (size_t i = 0; column && i < p->n; i++)
        if (strcmp(p->at[i].name, column) == 0)
            return &p->at[i];
    return NULL;
}

const char *personal_record(const struct frame *f, const struct personal *p, size_t row,
                            size_t length, struct arena *keep)
{
    const char *line = "";
    for (size_t j = 0, k = 0; j < f->n_cols && strlen(line) < length; j++) {
        const char *text = f->cols[j].as.text[row] ? f->cols[j].as.text[row] : "";
        const bool personal = k < p->n && p->at[k].at == j;
        if (personal)
            text = *text ? arena_printf(keep, "[%s]", p->at[k].kind) : "";
        line = arena_printf(keep, "%s%s%s", line, j ? "," : "",
                            personal ? text : personal_masked(text, keep));
        k += personal;
    }
    return line;
}
