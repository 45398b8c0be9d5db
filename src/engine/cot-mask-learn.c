/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Values by what they look like. One pass over the text; what is found is small, so nothing here
 * looks far. Where it is not certain, a name is taken for one: too much masked can be switched off,
 * too little is gone out. */

#include "cot-mask-private.h"

#include <gio/gio.h>
#include <string.h>

#define MAX_HOST_BYTES 253
#define MAX_USER_BYTES 64
#define MAX_NETBIOS_BYTES 15
/* A shorter part of a name is an initial. */
#define MIN_PERSON_BYTES 2
/* Base64 of fewer bytes is the hash of a file more often than a key. */
#define MIN_BLOB_BYTES 100
#define MIN_TOKEN_BYTES 20
/* Words of one piece without blanks at which a blob is looked for: a name and a '=' may stand in
 * front of it. Each try reads all of the piece. */
#define MAX_BLOB_TRIES 64
#define SID_PREFIX_BYTES 4

typedef struct
{
  CotMask *mask;
  const char *text;
  gsize n;
  gsize blob_end; /* of the piece in which a blob is looked for */
  guint n_blob_tries;
} Scan;

static gsize
span_left (const Scan *scan, gsize at, gboolean (*is_part) (char), gsize max)
{
  gsize start = at;

  while (start > 0 && at - start < max && is_part (scan->text[start - 1]))
    start--;
  return start;
}

static gsize
span_right (const Scan *scan, gsize at, gboolean (*is_part) (char), gsize max)
{
  gsize end = at;

  while (end < scan->n && end - at < max && is_part (scan->text[end]))
    end++;
  return end;
}

static gboolean
is_name (char c)
{
  return cot_mask_is_name (c);
}

static gboolean
is_host (char c)
{
  return cot_mask_is_host (c);
}

static gboolean
is_local_part (char c)
{
  return cot_mask_is_name (c) || (c != '\0' && strchr ("+'#!", c) != NULL);
}

static gboolean
is_base64 (char c)
{
  return g_ascii_isalnum (c) || (c != '\0' && strchr ("+/=_-", c) != NULL);
}

static gboolean
is_token (char c)
{
  return g_ascii_isalnum (c) || c == '.' || c == '_' || c == '-';
}

static gboolean
is_sid (char c)
{
  return g_ascii_isdigit (c) || c == '-';
}

static gboolean
is_number (const char *text, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (!g_ascii_isdigit (text[i]))
      return FALSE;
  return n > 0;
}

static gboolean
is_ip (const char *text, gsize n)
{
  g_autofree char *copy = g_strndup (text, MIN (n, (gsize) 64));

  return n < 64 && g_hostname_is_ip_address (copy);
}

static gboolean
is_same (const char *text, gsize n, const char *word)
{
  return n == strlen (word) && g_ascii_strncasecmp (text, word, n) == 0;
}

/* Names that are words of all logs, or numbers, are masked where it is said what they are. */
static gboolean
is_bare (const char *name, gsize n)
{
  return !cot_mask_is_common (name, n) && !(n < 6 && is_number (name, n));
}

void
cot_mask_add_user (CotMask *self, const char *name, gsize n)
{
  while (n > 0 && strchr ("'.-", *name) != NULL)
    {
      name++;
      n--;
    }
  while (n > 0 && strchr ("'.-", name[n - 1]) != NULL)
    n--;
  if (n == 0 || n > MAX_USER_BYTES || cot_mask_is_account (name, n))
    return;
  for (gsize i = 0; i < n; i++)
    if (strchr ("$(){}%<>|*?", name[i]) != NULL)
      return;
  cot_mask_add_value (self, COT_MASK_USER, name, n, is_bare (name, n));
}

void
cot_mask_add_device (CotMask *self, const char *name, gsize n)
{
  while (n > 0 && (name[n - 1] == '.' || name[n - 1] == '-'))
    n--;
  if (n < 2 || n > MAX_HOST_BYTES || cot_mask_is_account (name, n) || is_ip (name, n)
      || is_same (name, n, "localhost") || g_ascii_strncasecmp (name, "0x", 2) == 0)
    return;
  cot_mask_add_value (self, COT_MASK_DEVICE, name, n, is_bare (name, n));
}

/* The name that was registered: "contoso" of "ad.contoso.com" and of "contoso.co.uk". */
static void
add_registered_label (CotMask *self, const char *name, gsize n)
{
  const char *end = memrchr (name, '.', n);
  const char *start = name;

  for (guint i = 0; i < 2 && end != NULL; i++)
    {
      const char *dot = memrchr (name, '.', (gsize) (end - name));

      start = dot != NULL ? dot + 1 : name;
      if (end - start > 3 || dot == NULL)
        break;
      end = dot;
    }
  if (end != NULL && end - start > 3)
    cot_mask_add_value (self, COT_MASK_DOMAIN, start, (gsize) (end - start),
                        is_bare (start, (gsize) (end - start)));
}

void
cot_mask_add_domain (CotMask *self, const char *name, gsize n)
{
  while (n > 0 && (name[n - 1] == '.' || name[n - 1] == '-'))
    n--;
  if (n < 2 || n > MAX_HOST_BYTES || cot_mask_is_public (name, n) || cot_mask_is_root (name, n)
      || cot_mask_is_account (name, n) || cot_mask_is_top_level (name, n) || is_ip (name, n))
    return;
  cot_mask_add_value (self, COT_MASK_DOMAIN, name, n, is_bare (name, n));
  if (cot_mask_is_rented (name, n))
    {
      const char *dot = memchr (name, '.', n);

      if (dot - name >= 4)
        cot_mask_add_value (self, COT_MASK_DOMAIN, name, (gsize) (dot - name),
                            is_bare (name, (gsize) (dot - name)));
    }
  else
    add_registered_label (self, name, n);
}

void
cot_mask_add_host (CotMask *self, const char *name, gsize n)
{
  const char *dot;
  gsize n_rest;

  while (n > 0 && (name[n - 1] == '.' || name[n - 1] == '-'))
    n--;
  if (n == 0 || n > MAX_HOST_BYTES || cot_mask_is_public (name, n) || is_ip (name, n))
    return;
  dot = memchr (name, '.', n);
  if (dot == NULL)
    {
      cot_mask_add_device (self, name, n);
      return;
    }
  n_rest = n - (gsize) (dot - name) - 1;
  if (cot_mask_is_rented (name, n) || memchr (dot + 1, '.', n_rest) == NULL)
    {
      cot_mask_add_domain (self, name, n);
      return;
    }
  cot_mask_add_device (self, name, (gsize) (dot - name));
  cot_mask_add_domain (self, dot + 1, n_rest);
}

/* A pass word that is an ordinary word must not take it out of every sentence. */
void
cot_mask_add_secret (CotMask *self, const char *value, gsize n)
{
  gboolean is_plain = n < 16;

  if (n == 0 || cot_mask_is_account (value, n))
    return;
  for (gsize i = 0; i < n && is_plain; i++)
    is_plain = i == 0 ? g_ascii_isalpha (value[i]) : g_ascii_islower (value[i]);
  cot_mask_add_value (self, COT_MASK_SECRET, value, n,
                      !is_plain && !(n < 6 && is_number (value, n)));
}

static gboolean
has_file_ending (const char *text, gsize n)
{
  static const char endings[] = " exe dll log lo_ cab msi msp xml txt ini dat sys mof ps1 psm1 vbs"
                                " cmd bat zip pol cer pfx evtx reg etl json inf cat mui sdf db ";
  const char *dot = memrchr (text, '.', n);
  g_autofree char *key = NULL;
  g_autofree char *ending = NULL;

  if (dot == NULL)
    return FALSE;
  ending = g_ascii_strdown (dot + 1, (gssize) n - (dot + 1 - text));
  key = g_strdup_printf (" %s ", ending);
  return strstr (endings, key) != NULL;
}

/* "maria.schmidt": somewhere else she is "Maria Schmidt", or "Schmidt, Maria". */
static void
add_full_name (const Scan *scan, const char *name, gsize n)
{
  const char *dot = memchr (name, '.', n);
  gsize n_first = dot != NULL ? (gsize) (dot - name) : 0;
  gsize n_last = dot != NULL ? n - n_first - 1 : 0;
  g_autofree char *forward = NULL;
  g_autofree char *backward = NULL;

  if (n_first < MIN_PERSON_BYTES || n_last < MIN_PERSON_BYTES || n > MAX_USER_BYTES
      || memchr (dot + 1, '.', n_last) != NULL)
    return;
  for (gsize i = 0; i < n; i++)
    if (g_ascii_isdigit (name[i]) || strchr ("_+'#!", name[i]) != NULL)
      return;
  forward = g_strdup_printf ("%.*s %.*s", (int) n_first, name, (int) n_last, dot + 1);
  backward = g_strdup_printf ("%.*s, %.*s", (int) n_last, dot + 1, (int) n_first, name);
  cot_mask_add_value (scan->mask, COT_MASK_USER, forward, strlen (forward), TRUE);
  cot_mask_add_value (scan->mask, COT_MASK_USER, backward, strlen (backward), TRUE);
}

/* "alice@contoso.com" */
static void
learn_mail (const Scan *scan, gsize at)
{
  gsize start = span_left (scan, at, is_local_part, MAX_USER_BYTES);
  gsize end = span_right (scan, at + 1, is_host, MAX_HOST_BYTES);
  const char *dot;

  while (end > at + 1 && !g_ascii_isalnum (scan->text[end - 1]))
    end--;
  dot = end > at + 1 ? memrchr (scan->text + at + 1, '.', end - at - 1) : NULL;
  if (start == at || dot == NULL || !g_ascii_isalpha (dot[1])
      || has_file_ending (scan->text + at + 1, end - at - 1))
    return;
  cot_mask_add_user (scan->mask, scan->text + start, at - start);
  add_full_name (scan, scan->text + start, at - start);
  cot_mask_add_domain (scan->mask, scan->text + at + 1, end - at - 1);
}

static gboolean
stands_at (const Scan *scan, gsize at, const char *word)
{
  gsize n = strlen (word);

  return at + n <= scan->n && g_ascii_strncasecmp (scan->text + at, word, n) == 0;
}

static gsize
skip_slashes (const Scan *scan, gsize at)
{
  while (at < scan->n && (scan->text[at] == '\\' || scan->text[at] == '/'))
    at++;
  return at;
}

/* The name of a folder of profiles; with blanks only where the path goes on behind it. */
static void
add_profile (const Scan *scan, gsize at)
{
  gsize end = at;
  gsize word = at;

  while (end < scan->n && end - at < MAX_USER_BYTES
         && strchr ("\\/:*?\"<>|\r\n\t,;)]}@", scan->text[end]) == NULL)
    end++;
  while (word < end && scan->text[word] != ' ' && scan->text[word] != '\'')
    word++;
  if (end >= scan->n || (scan->text[end] != '\\' && scan->text[end] != '/'))
    end = word;
  if (end < scan->n && scan->text[end] == '@')
    return;
  if (end - at == 36 && cot_mask_is_guid (scan->text + at, 36))
    cot_mask_add_value (scan->mask, COT_MASK_USER, scan->text + at, 36, TRUE);
  else if (end > at && scan->text[at] != '%' && scan->text[at] != '{'
           && !is_same (scan->text + at, end - at, "All Users")
           && !is_same (scan->text + at, end - at, "Default User"))
    cot_mask_add_user (scan->mask, scan->text + at, end - at);
}

static gsize
learn_path (const Scan *scan, gsize at)
{
  static const char *const folders[] = { "Users", "Documents and Settings" };
  gsize after = skip_slashes (scan, at);

  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      gsize end = after + strlen (folders[i]);

      if (stands_at (scan, after, folders[i]) && end < scan->n
          && (scan->text[end] == '\\' || scan->text[end] == '/')
          && (scan->text[at] == '\\' || scan->text[after] == 'U'
              || cot_mask_is_guid (scan->text + end + 1, scan->n - end - 1)))
        add_profile (scan, skip_slashes (scan, end));
    }
  return after;
}

/* A path between the word and the name tells that it is no account. */
static gboolean
is_told_user (const Scan *scan, gsize at)
{
  static const char *const words[]
      = { "user", "account", "logon", "logged", "owner", "identity", "impersonat", "behalf" };
  gsize start = at > 28 ? at - 28 : 0;

  for (gsize i = at; i > start && scan->text[i - 1] != '\\'; i--)
    for (gsize j = 0; j < G_N_ELEMENTS (words); j++)
      if (stands_at (scan, i - 1, words[j]) && i - 1 + strlen (words[j]) <= at)
        return TRUE;
  return FALSE;
}

static gboolean
is_upper_name (const char *text, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (g_ascii_islower (text[i]) || text[i] == '.' || text[i] == '_' || (guchar) text[i] >= 0x80)
      return FALSE;
  return n >= 2 && !is_number (text, n);
}

/* What else would say that it is an account: nothing but that it looks like one. */
static gboolean
looks_like_account (const Scan *scan, gsize start, gsize at, gsize after, gsize end)
{
  const char *right = scan->text + after;

  if (!is_upper_name (scan->text + start, at - start) || cot_mask_is_common (right, end - after)
      || memchr (right, '_', end - after) != NULL)
    return FALSE;
  /* "\n" is a line end in JSON. */
  if (after - at == 1 && strchr ("nrt", *right) != NULL)
    return FALSE;
  return end >= scan->n || strchr ("&#{(*", scan->text[end]) == NULL;
}

/* "/user:CONTOSO\alice", "RunAsUser:CONTOSO\alice" */
static gboolean
is_user_option (const Scan *scan, gsize colon)
{
  static const char *const words[] = { "user", "account", "username", "owner", "login", "u" };
  gsize start = span_left (scan, colon, is_name, 24);

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      gsize n = strlen (words[i]);

      if (colon - start >= n && stands_at (scan, colon - n, words[i])
          && (n > 1
              || (colon - start == 1 && start > 0
                  && (scan->text[start - 1] == '/' || scan->text[start - 1] == '-'))))
        return TRUE;
    }
  return FALSE;
}

/* "CONTOSO\alice"; paths and keys of the registry look alike. */
static void
learn_account (const Scan *scan, gsize at, gsize after)
{
  gsize start = span_left (scan, at, is_name, MAX_NETBIOS_BYTES + 1);
  gsize end = span_right (scan, after, is_name, MAX_USER_BYTES);
  gsize n_left = at - start;
  gsize n_right;
  const char *left = scan->text + start;
  gboolean is_option = start > 1 && *(left - 1) == ':' && is_user_option (scan, start - 1);

  while (end > after && (scan->text[end - 1] == '.' || scan->text[end - 1] == '-'))
    end--;
  n_right = end - after;
  if (n_left < 1 || n_left > MAX_NETBIOS_BYTES || n_right < 1 || after - at > 4
      || (start > 0 && strchr (":\\/%}~$&#.", scan->text[start - 1]) != NULL && !is_option)
      || (end < scan->n && strchr ("\\/:", scan->text[end]) != NULL)
      || cot_mask_is_root (left, n_left) || cot_mask_is_root (scan->text + after, n_right)
      || has_file_ending (scan->text + after, n_right))
    return;
  if (!is_option && !cot_mask_has (scan->mask, COT_MASK_DOMAIN, left, n_left)
      && !is_told_user (scan, start) && !looks_like_account (scan, start, at, after, end))
    return;
  cot_mask_add_domain (scan->mask, left, n_left);
  if (end < scan->n && scan->text[end] == '$')
    cot_mask_add_device (scan->mask, scan->text + after, n_right);
  else
    cot_mask_add_user (scan->mask, scan->text + after, n_right);
}

/* "\\server\share", also where each backslash is doubled; but for "\\.\" and "\\?\". */
static void
learn_share (const Scan *scan, gsize at, gsize after)
{
  gsize end = span_right (scan, after, is_host, MAX_HOST_BYTES);

  if (after - at < 2 || end == after || end >= scan->n || scan->text[end] != '\\'
      || (at > 0 && strchr (" \t\r\n\"'([=,;<>", scan->text[at - 1]) == NULL)
      || !g_ascii_isalnum (scan->text[after]))
    return;
  cot_mask_add_host (scan->mask, scan->text + after, end - after);
}

static void
learn_backslash (const Scan *scan, gsize at)
{
  gsize after = learn_path (scan, at);

  if (scan->text[at] != '\\' || (at > 0 && scan->text[at - 1] == '\\'))
    return;
  learn_share (scan, at, after);
  learn_account (scan, at, after);
}

/* Behind "://". */
static void
learn_address (const Scan *scan, gsize at)
{
  gsize end = at;
  gsize host = at;

  while (end < scan->n && end - at < 512 && strchr ("/\\ \"'<>?#,;\r\n\t", scan->text[end]) == NULL)
    {
      if (scan->text[end] == '@')
        {
          const char *colon = memchr (scan->text + at, ':', end - at);
          gsize n_user = colon != NULL ? (gsize) (colon - scan->text) - at : end - at;

          cot_mask_add_user (scan->mask, scan->text + at, n_user);
          if (colon != NULL)
            cot_mask_add_secret (scan->mask, colon + 1, end - at - n_user - 1);
          host = end + 1;
        }
      end++;
    }
  end = span_right (scan, host, is_host, MAX_HOST_BYTES);
  if (end == host)
    return;
  /* Whose token it is stands in the path. */
  if (cot_mask_is_public (scan->text + host, end - host) && end + 37 <= scan->n
      && scan->text[end] == '/' && cot_mask_is_guid (scan->text + end + 1, scan->n - end - 1))
    cot_mask_add_value (scan->mask, COT_MASK_TENANT, scan->text + end + 1, 36, TRUE);
  cot_mask_add_host (scan->mask, scan->text + host, end - host);
}

static gboolean
is_version (const Scan *scan, gsize at)
{
  static const char *const words[] = { "version", "build", "ver", " v", "=v" };
  gsize start = at > 14 ? at - 14 : 0;

  for (gsize i = start; i < at; i++)
    for (gsize j = 0; j < G_N_ELEMENTS (words); j++)
      if (stands_at (scan, i, words[j]))
        return TRUE;
  return FALSE;
}

/* Addresses that are the same everywhere tell nothing. */
static gboolean
is_everybodys (const char *text)
{
  static const char *const starts[] = { "127.", "0.0.0.0", "255.", "::1", "224." };

  for (gsize i = 0; i < G_N_ELEMENTS (starts); i++)
    if (g_str_has_prefix (text, starts[i]))
      return TRUE;
  return g_str_equal (text, "::");
}

static gboolean
is_digit_or_dot (char c)
{
  return g_ascii_isdigit (c) || c == '.';
}

static gboolean
is_hex_or_colon (char c)
{
  return g_ascii_isxdigit (c) || c == ':';
}

static guint
count (const char *text, gsize n, char c)
{
  guint found = 0;

  for (gsize i = 0; i < n; i++)
    found += text[i] == c ? 1 : 0;
  return found;
}

static void
learn_ip (const Scan *scan, gsize at)
{
  gsize end = span_right (scan, at, is_digit_or_dot, 20);
  g_autofree char *text = NULL;

  while (end > at && scan->text[end - 1] == '.')
    end--;
  /* Nearly all numbers are none. */
  if (count (scan->text + at, end - at, '.') != 3)
    return;
  text = g_strndup (scan->text + at, end - at);
  if (g_hostname_is_ip_address (text) && !is_everybodys (text)
      && !(end < scan->n && g_ascii_isalpha (scan->text[end])) && !is_version (scan, at))
    cot_mask_add_value (scan->mask, COT_MASK_ADDRESS, text, end - at, TRUE);
}

/* Six pairs of digits, or an address of IPv6; "10:22:31" and "CAB::Add" are neither. */
static void
learn_colons (const Scan *scan, gsize at)
{
  gsize end = span_right (scan, at, is_hex_or_colon, 48);
  g_autofree char *text = NULL;
  guint n_colons;

  while (end > at && scan->text[end - 1] == ':')
    end--;
  n_colons = count (scan->text + at, end - at, ':');
  if (n_colons < 3 || (end < scan->n && g_ascii_isalnum (scan->text[end])))
    return;
  text = g_strndup (scan->text + at, end - at);
  if (is_everybodys (text))
    return;
  if ((end - at == 17 && n_colons == 5)
      || (g_hostname_is_ip_address (text) && strpbrk (text, "0123456789") != NULL))
    cot_mask_add_value (scan->mask, COT_MASK_ADDRESS, text, end - at, TRUE);
}

/* "00-15-5D-01-02-03" */
static gboolean
is_card (const Scan *scan, gsize at)
{
  for (gsize i = 0; i < 17; i++)
    if (at + i >= scan->n
        || (i % 3 == 2 ? scan->text[at + i] != '-' : !g_ascii_isxdigit (scan->text[at + i])))
      return FALSE;
  return at + 17 == scan->n
         || (!g_ascii_isalnum (scan->text[at + 17]) && scan->text[at + 17] != '-');
}

/* Eight times six digits: what unlocks an encrypted disk. */
static gboolean
is_recovery_key (const Scan *scan, gsize at)
{
  for (gsize i = 0; i < 55; i++)
    if (at + i >= scan->n
        || (i % 7 == 6 ? scan->text[at + i] != '-' : !g_ascii_isdigit (scan->text[at + i])))
      return FALSE;
  return TRUE;
}

/* Five times five letters and digits: what a product is activated with. */
static gboolean
is_product_key (const Scan *scan, gsize at)
{
  for (gsize i = 0; i < 29; i++)
    if (at + i >= scan->n
        || (i % 6 == 5
                ? scan->text[at + i] != '-'
                : !g_ascii_isupper (scan->text[at + i]) && !g_ascii_isdigit (scan->text[at + i])))
      return FALSE;
  return at + 29 == scan->n
         || (!g_ascii_isalnum (scan->text[at + 29]) && scan->text[at + 29] != '-');
}

/* Letters of both cases and digits, in one piece that is neither a path nor a list of ids. */
static gboolean
is_blob (const char *text, gsize n)
{
  gsize n_upper = 0, n_lower = 0, n_digits = 0, n_marks = 0, n_hex = 0;

  for (gsize i = 0; i < n; i++)
    {
      n_upper += g_ascii_isupper (text[i]) ? 1 : 0;
      n_lower += g_ascii_islower (text[i]) ? 1 : 0;
      n_digits += g_ascii_isdigit (text[i]) ? 1 : 0;
      n_marks += text[i] == '/' || text[i] == '-' || text[i] == '_' || text[i] == '=' ? 1 : 0;
      n_hex += g_ascii_isxdigit (text[i]) ? 1 : 0;
    }
  return n_upper > 5 && n_lower > 5 && n_digits > 2 && n_marks * 12 <= n && n_hex * 5 < n * 4;
}

/* Returns where it ends; @at: there is none. */
static gsize
learn_blob (Scan *scan, gsize at)
{
  if (at >= scan->blob_end)
    {
      scan->blob_end = span_right (scan, at, is_base64, scan->n);
      scan->n_blob_tries = 0;
    }
  if (scan->blob_end - at < MIN_BLOB_BYTES || scan->n_blob_tries >= MAX_BLOB_TRIES)
    return at;
  scan->n_blob_tries++;
  if (!is_blob (scan->text + at, scan->blob_end - at))
    return at;
  cot_mask_add_value (scan->mask, COT_MASK_SECRET, scan->text + at, scan->blob_end - at, TRUE);
  return scan->blob_end;
}

/* "LT-HUBER01", "DESKTOP-4F2K9QX": a kind of computer in front of letters and digits, all of them
 * large, is how companies name them. */
static void
learn_device (const Scan *scan, gsize at)
{
  static const char *const kinds[] = { "LT-",  "NB-",  "PC-",     "WS-",      "WKS-",     "DT-",
                                       "TAB-", "SRV-", "LAPTOP-", "DESKTOP-", "NOTEBOOK-" };
  gboolean has_letter = FALSE;
  gboolean has_digit = FALSE;
  gsize end = at;

  for (gsize i = 0; end == at && i < G_N_ELEMENTS (kinds); i++)
    if (at + strlen (kinds[i]) < scan->n
        && memcmp (scan->text + at, kinds[i], strlen (kinds[i])) == 0)
      end += strlen (kinds[i]);
  if (end == at)
    return;
  while (end < scan->n && end - at <= MAX_NETBIOS_BYTES
         && (g_ascii_isupper (scan->text[end]) || g_ascii_isdigit (scan->text[end])))
    {
      has_letter = has_letter || g_ascii_isupper (scan->text[end]);
      has_digit = has_digit || g_ascii_isdigit (scan->text[end]);
      end++;
    }
  if (has_letter && has_digit && end - at <= MAX_NETBIOS_BYTES
      && (end == scan->n || !(g_ascii_isalnum (scan->text[end]))))
    cot_mask_add_device (scan->mask, scan->text + at, end - at);
}

/* A word begins at @at. Returns where to go on. */
static gsize
learn_word (Scan *scan, gsize at)
{
  gsize end;

  cot_mask_learn_key (scan->mask, scan->text, scan->n, at);
  cot_mask_learn_command (scan->mask, scan->text, scan->n, at);
  learn_device (scan, at);
  if (stands_at (scan, at, "S-1-5-21-") || stands_at (scan, at, "S-1-12-1-"))
    {
      end = span_right (scan, at + SID_PREFIX_BYTES, is_sid, 180);
      cot_mask_add_value (scan->mask, COT_MASK_SID, scan->text + at, end - at, TRUE);
      return end;
    }
  if (at + 3 <= scan->n && memcmp (scan->text + at, "eyJ", 3) == 0)
    {
      end = span_right (scan, at, is_token, scan->n);
      if (end - at >= MIN_TOKEN_BYTES)
        cot_mask_add_value (scan->mask, COT_MASK_SECRET, scan->text + at, end - at, TRUE);
      return MAX (end, at + 1);
    }
  if (g_ascii_isdigit (scan->text[at]))
    learn_ip (scan, at);
  if (is_card (scan, at))
    cot_mask_add_value (scan->mask, COT_MASK_ADDRESS, scan->text + at, 17, TRUE);
  if (is_recovery_key (scan, at))
    cot_mask_add_value (scan->mask, COT_MASK_SECRET, scan->text + at, 55, TRUE);
  if (is_product_key (scan, at))
    cot_mask_add_value (scan->mask, COT_MASK_SECRET, scan->text + at, 29, TRUE);
  if (g_ascii_isxdigit (scan->text[at]))
    learn_colons (scan, at);
  return MAX (learn_blob (scan, at), at + 1);
}

/* "cm01.contoso.com"; "System.Net" is none, and "LocationServices.log" neither. */
static gsize
learn_dot (const Scan *scan, gsize at)
{
  gsize start = span_left (scan, at, is_host, MAX_HOST_BYTES);
  gsize end = span_right (scan, at, is_host, MAX_HOST_BYTES);
  const char *dot;

  while (end > at && !g_ascii_isalnum (scan->text[end - 1]))
    end--;
  while (start < at && !g_ascii_isalnum (scan->text[start]))
    start++;
  dot = end > at ? memrchr (scan->text + at, '.', end - at) : NULL;
  if (dot == NULL || start >= at || (start > 0 && scan->text[start - 1] == '@')
      || !cot_mask_is_top_level (dot + 1, (gsize) (scan->text + end - dot) - 1))
    return MAX (end, at + 1);
  if (stands_at (scan, start, "System.") || stands_at (scan, start, "Microsoft.")
      || stands_at (scan, start, "ASP.") || stands_at (scan, start, "ADO.")
      || stands_at (scan, start, "Windows.") || stands_at (scan, start, "com."))
    return MAX (end, at + 1);
  /* "_tcp.contoso.com": a service of a domain. */
  if (start > 0 && scan->text[start - 1] == '_')
    cot_mask_add_domain (scan->mask, scan->text + at + 1, end - at - 1);
  else
    cot_mask_add_host (scan->mask, scan->text + start, end - start);
  return MAX (end, at + 1);
}

static gboolean
is_word (char c)
{
  return g_ascii_isalnum (c) || (guchar) c >= 0x80;
}

/* "AADTenantID" has words in it. */
static gboolean
begins_word (const Scan *scan, gsize at)
{
  const char *text = scan->text + at;

  if (!g_ascii_isalnum (*text))
    return FALSE;
  if (at == 0 || !is_word (text[-1]))
    return TRUE;
  return g_ascii_isupper (*text)
         && (g_ascii_islower (text[-1])
             || (g_ascii_isupper (text[-1]) && at + 1 < scan->n && g_ascii_islower (text[1])));
}

static void
learn_plain (CotMask *self, const char *text, gsize n)
{
  Scan scan = { self, text, n };
  gsize next_dot = 0;

  for (gsize i = 0; i < n; i++)
    {
      char c = text[i];

      if (c == '@')
        learn_mail (&scan, i);
      else if (c == '\\' || c == '/')
        {
          learn_backslash (&scan, i);
          cot_mask_learn_option (self, text, n, i);
        }
      else if (c == '-')
        cot_mask_learn_option (self, text, n, i);
      else if (c == '=')
        cot_mask_learn_assignment (self, text, n, i);
      else if (c == '.' && i >= next_dot)
        next_dot = learn_dot (&scan, i);
      else if (c == ':' && stands_at (&scan, i, "://"))
        learn_address (&scan, i + 3);
      else if (begins_word (&scan, i))
        i = learn_word (&scan, i) - 1;
    }
}

/**
 * cot_mask_learn:
 * @self: a mask
 * @text: a text, UTF-8
 * @length_bytes: its length
 *
 * Notes all that is to be masked, also where it stands in other texts.
 */
void
cot_mask_learn (CotMask *self, const char *text, gsize length_bytes)
{
  CotMaskView view;

  if (memchr (text, '%', length_bytes) == NULL && memchr (text, '&', length_bytes) == NULL
      && memmem (text, length_bytes, "\\u", 2) == NULL)
    {
      learn_plain (self, text, length_bytes);
      return;
    }
  cot_mask_view_init (&view, text, length_bytes);
  learn_plain (self, view.text, view.n);
  cot_mask_view_clear (&view);
}
