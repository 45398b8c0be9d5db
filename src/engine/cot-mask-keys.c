/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Values by the words before them: a name, or the id of a tenant, looks like any other. Words of
 * the languages in which people write scripts are known: English, German, French, Spanish, and
 * what others say for a pass word. */

#include "cot-mask-private.h"

#include <string.h>

#define MAX_SEPARATOR_BYTES 12
#define MAX_VALUE_BYTES 4096
#define MAX_TEXT_BYTES 100
#define MAX_WORDS_BEFORE_ID 4

typedef enum
{
  GUID, /* only an id is taken */
  HOST,
  USER,
  DOMAIN,
  TEXT, /* with blanks */
  SERIAL,
  PERSON, /* one or two names of somebody */
  SECRET,
  ASSIGNED, /* a secret where "=" says so, or an option or an address: the word is a usual one */
} Shape;

typedef struct
{
  const char *name; /* in lower case; a blank, '_' or '-' between its letters is passed over */
  CotMaskKind kind;
  Shape shape;
  gboolean weak; /* stands before other things, too */
} Key;

static const Key keys[] = {
  { "tenantid", COT_MASK_TENANT, GUID },
  { "aadtenantid", COT_MASK_TENANT, GUID },
  { "tenant", COT_MASK_TENANT, GUID },
  { "tid", COT_MASK_TENANT, GUID },
  { "organizationid", COT_MASK_TENANT, GUID },
  { "accountid", COT_MASK_TENANT, GUID },
  { "deviceid", COT_MASK_DEVICE, GUID },
  { "aaddeviceid", COT_MASK_DEVICE, GUID },
  { "entdmid", COT_MASK_DEVICE, GUID },
  { "smsid", COT_MASK_DEVICE, GUID },
  { "smsuid", COT_MASK_DEVICE, GUID },
  { "smsclientid", COT_MASK_DEVICE, GUID },
  { "smsguid", COT_MASK_DEVICE, GUID },
  { "smbiosguid", COT_MASK_DEVICE, GUID },
  { "hardwareid", COT_MASK_DEVICE, GUID },
  { "machineid", COT_MASK_DEVICE, GUID },
  { "machineguid", COT_MASK_DEVICE, GUID },
  { "enrollmentid", COT_MASK_DEVICE, GUID },
  { "uniqueidentifier", COT_MASK_DEVICE, GUID },
  { "uuid", COT_MASK_DEVICE, GUID },
  { "cn", COT_MASK_DEVICE, GUID },
  { "userid", COT_MASK_USER, GUID },
  { "objectid", COT_MASK_USER, GUID },
  { "oid", COT_MASK_USER, GUID },
  { "devicename", COT_MASK_DEVICE, HOST },
  { "computername", COT_MASK_DEVICE, HOST },
  { "machinename", COT_MASK_DEVICE, HOST },
  { "hostname", COT_MASK_DEVICE, HOST },
  { "netbiosname", COT_MASK_DEVICE, HOST },
  { "servername", COT_MASK_DEVICE, HOST },
  { "siteserver", COT_MASK_DEVICE, HOST },
  { "siteservername", COT_MASK_DEVICE, HOST },
  { "managementpoint", COT_MASK_DEVICE, HOST, TRUE },
  { "currentmanagementpoint", COT_MASK_DEVICE, HOST },
  { "distributionpoint", COT_MASK_DEVICE, HOST, TRUE },
  { "smsmp", COT_MASK_DEVICE, HOST },
  { "fsp", COT_MASK_DEVICE, HOST, TRUE },
  { "mp", COT_MASK_DEVICE, HOST, TRUE },
  { "ccmhostname", COT_MASK_DEVICE, HOST },
  { "fqdn", COT_MASK_DEVICE, HOST },
  { "dnsname", COT_MASK_DEVICE, HOST },
  { "computer", COT_MASK_DEVICE, HOST, TRUE },
  { "machine", COT_MASK_DEVICE, HOST, TRUE },
  { "device", COT_MASK_DEVICE, HOST, TRUE },
  { "server", COT_MASK_DEVICE, HOST, TRUE },
  { "host", COT_MASK_DEVICE, HOST, TRUE },
  { "workstation", COT_MASK_DEVICE, HOST, TRUE },
  { "username", COT_MASK_USER, USER },
  { "userprincipalname", COT_MASK_USER, USER },
  { "upn", COT_MASK_USER, USER },
  { "accountname", COT_MASK_USER, USER },
  { "samaccountname", COT_MASK_USER, USER },
  { "loggedonuser", COT_MASK_USER, USER },
  { "logonuser", COT_MASK_USER, USER },
  { "primaryuser", COT_MASK_USER, USER },
  { "user", COT_MASK_USER, USER, TRUE },
  { "account", COT_MASK_USER, USER, TRUE },
  { "owner", COT_MASK_USER, USER, TRUE },
  { "domainname", COT_MASK_DOMAIN, DOMAIN },
  { "userdomain", COT_MASK_DOMAIN, DOMAIN },
  { "netbiosdomain", COT_MASK_DOMAIN, DOMAIN },
  { "dnssuffix", COT_MASK_DOMAIN, DOMAIN },
  { "forest", COT_MASK_DOMAIN, DOMAIN, TRUE },
  { "domain", COT_MASK_DOMAIN, DOMAIN, TRUE },
  { "dc", COT_MASK_DOMAIN, DOMAIN, TRUE },
  { "tenantname", COT_MASK_TENANT, TEXT },
  { "aadtenantname", COT_MASK_TENANT, TEXT },
  { "tenantdisplayname", COT_MASK_TENANT, TEXT },
  { "organizationname", COT_MASK_TENANT, TEXT },
  { "companyname", COT_MASK_TENANT, TEXT },
  { "displayname", COT_MASK_USER, GUID },
  { "serialnumber", COT_MASK_SERIAL, SERIAL },
  { "serial", COT_MASK_SERIAL, SERIAL },
  { "servicetag", COT_MASK_SERIAL, SERIAL },
  { "assettag", COT_MASK_SERIAL, SERIAL },
  { "givenname", COT_MASK_USER, PERSON },
  { "firstname", COT_MASK_USER, PERSON },
  { "middlename", COT_MASK_USER, PERSON },
  { "lastname", COT_MASK_USER, PERSON },
  { "surname", COT_MASK_USER, PERSON },
  { "familyname", COT_MASK_USER, PERSON },
  { "fullname", COT_MASK_USER, PERSON },
  { "userdisplayname", COT_MASK_USER, PERSON },
  { "vorname", COT_MASK_USER, PERSON },
  { "nachname", COT_MASK_USER, PERSON },
  { "pr\u00e9nom", COT_MASK_USER, PERSON },
  { "apellido", COT_MASK_USER, PERSON },
  { "apellidos", COT_MASK_USER, PERSON },
  { "password", COT_MASK_SECRET, SECRET },
  { "passwort", COT_MASK_SECRET, SECRET },
  { "kennwort", COT_MASK_SECRET, SECRET },
  { "benutzerkennwort", COT_MASK_SECRET, SECRET },
  { "adminkennwort", COT_MASK_SECRET, SECRET },
  { "motdepasse", COT_MASK_SECRET, SECRET },
  { "mdp", COT_MASK_SECRET, SECRET },
  { "contrase\u00f1a", COT_MASK_SECRET, SECRET },
  { "contrase\u00d1a", COT_MASK_SECRET, SECRET }, /* only ASCII is folded */
  { "contrasena", COT_MASK_SECRET, SECRET },
  { "wachtwoord", COT_MASK_SECRET, SECRET },
  { "senha", COT_MASK_SECRET, SECRET },
  { "passwd", COT_MASK_SECRET, SECRET },
  { "passphrase", COT_MASK_SECRET, SECRET },
  { "passcode", COT_MASK_SECRET, SECRET },
  { "pwd", COT_MASK_SECRET, SECRET },
  { "pfxpassword", COT_MASK_SECRET, SECRET },
  { "pfx", COT_MASK_SECRET, SECRET, TRUE },
  { "secret", COT_MASK_SECRET, SECRET },
  { "clientsecret", COT_MASK_SECRET, SECRET },
  { "geheimnis", COT_MASK_SECRET, ASSIGNED },
  { "secreto", COT_MASK_SECRET, ASSIGNED },
  { "pass", COT_MASK_SECRET, ASSIGNED },
  { "pw", COT_MASK_SECRET, ASSIGNED },
  { "token", COT_MASK_SECRET, ASSIGNED },
  { "jeton", COT_MASK_SECRET, ASSIGNED },
  { "key", COT_MASK_SECRET, ASSIGNED, TRUE },
  { "clave", COT_MASK_SECRET, ASSIGNED, TRUE },
  { "schl\u00fcssel", COT_MASK_SECRET, ASSIGNED, TRUE },
  { "cl\u00e9", COT_MASK_SECRET, ASSIGNED, TRUE },
  { "authkey", COT_MASK_SECRET, SECRET },
  { "accesskey", COT_MASK_SECRET, SECRET },
  { "secretkey", COT_MASK_SECRET, SECRET },
  { "privatekey", COT_MASK_SECRET, ASSIGNED },
  { "functionkey", COT_MASK_SECRET, SECRET },
  { "licensekey", COT_MASK_SECRET, SECRET },
  { "licencekey", COT_MASK_SECRET, SECRET },
  { "productkey", COT_MASK_SECRET, ASSIGNED },
  { "apischl\u00fcssel", COT_MASK_SECRET, SECRET },
  { "cl\u00e9api", COT_MASK_SECRET, SECRET },
  { "claveapi", COT_MASK_SECRET, SECRET },
  { "accesstoken", COT_MASK_SECRET, SECRET },
  { "refreshtoken", COT_MASK_SECRET, SECRET },
  { "idtoken", COT_MASK_SECRET, SECRET },
  { "regtoken", COT_MASK_SECRET, SECRET },
  { "sastoken", COT_MASK_SECRET, SECRET },
  { "sasurl", COT_MASK_SECRET, SECRET },
  { "sig", COT_MASK_SECRET, SECRET },
  { "sharedaccesssignature", COT_MASK_SECRET, SECRET },
  { "sharedaccesskey", COT_MASK_SECRET, SECRET },
  { "accountkey", COT_MASK_SECRET, SECRET },
  { "apikey", COT_MASK_SECRET, SECRET },
  { "subscriptionkey", COT_MASK_SECRET, SECRET },
  { "recoverypassword", COT_MASK_SECRET, SECRET },
  { "bearer", COT_MASK_SECRET, SECRET, TRUE },
  { "basic", COT_MASK_SECRET, SECRET, TRUE },
};

/* Where keys that begin with a letter start, in a chain. */
static guint8 first_key[26];
static guint8 next_key[G_N_ELEMENTS (keys)];

static void
chain_keys (void)
{
  static gsize done = 0;

  if (!g_once_init_enter (&done))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      guint8 *first = &first_key[keys[i].name[0] - 'a'];

      next_key[i] = *first;
      *first = (guint8) (i + 1);
    }
  g_once_init_leave (&done, 1);
}

/* Where the key ends; 0: it does not stand here. */
static gsize
match_key (const char *text, gsize n, gsize at, const char *name)
{
  gsize i = at;

  for (; *name != '\0'; name++)
    {
      if (i > at && i < n && (text[i] == ' ' || text[i] == '_' || text[i] == '-'))
        i++;
      if (i >= n || g_ascii_tolower (text[i]) != *name)
        return 0;
      i++;
    }
  return i < n && !g_ascii_isalnum (text[i]) ? i : 0;
}

/* @strong: something says that what follows is the value. */
static gsize
skip_separators (const char *text, gsize n, gsize at, gboolean *strong)
{
  gsize i = at;

  *strong = FALSE;
  while (i < n && i - at < MAX_SEPARATOR_BYTES && text[i] != '\0'
         && strchr (" \t\"'}])({[\\=:>", text[i]) != NULL)
    {
      *strong = *strong || strchr ("=:>", text[i]) != NULL;
      i++;
    }
  return i;
}

static gsize
find_end (const char *text, gsize n, gsize at, const char *ends, gsize max)
{
  gsize i = at;

  while (i < n && i - at < max && text[i] != '\0' && strchr (ends, text[i]) == NULL)
    i++;
  return i;
}

/* A name that stands alone, or does not look like a word. */
static gboolean
is_taken (const Key *key, const char *text, gsize n, gsize at, gsize end)
{
  gboolean is_odd = FALSE;

  if (end <= at)
    return FALSE;
  if (!key->weak)
    return TRUE;
  for (gsize i = at; i < end; i++)
    is_odd = is_odd || g_ascii_isdigit (text[i]) || text[i] == '.' || text[i] == '-';
  return is_odd || end >= n || strchr ("\"'<>\r\n,;)]&", text[end]) != NULL
         || (text[end] == '.' && end + 1 == n);
}

static void
take_name (CotMask *self, const Key *key, const char *text, gsize n, gsize at)
{
  gsize end = at;

  while (end < n && cot_mask_is_name (text[end]))
    end++;
  while (end > at && text[end - 1] == '.')
    end--;
  if (!is_taken (key, text, n, at, end) || cot_mask_is_guid (text + at, end - at)
      || (end < n && (text[end] == '@' || text[end] == '\\' || text[end] == '(')))
    return;
  /* "https://...": the address says it itself. */
  if (end + 2 < n && memcmp (text + end, "://", 3) == 0)
    return;
  if (g_ascii_strncasecmp (text + at, "S-1-", MIN (end - at, 4u)) == 0 && end - at > 4)
    return;
  if (key->shape == HOST)
    cot_mask_add_host (self, text + at, end - at);
  else if (key->shape == DOMAIN)
    cot_mask_add_domain (self, text + at, end - at);
  else if (at > 0 && (text[at - 1] == '"' || text[at - 1] == '\''))
    {
      const char quote[] = { text[at - 1], '\\', '\r', '\n', '@', '\0' };

      end = find_end (text, n, at, quote, MAX_TEXT_BYTES);
      if (end < n && text[end] == text[at - 1])
        cot_mask_add_user (self, text + at, end - at);
    }
  else
    cot_mask_add_user (self, text + at, end - at);
}

static void
take_text (CotMask *self, const Key *key, const char *text, gsize n, gsize at)
{
  gsize end = find_end (text, n, at, "\"'<>\r\n,;|&]}", MAX_TEXT_BYTES);

  while (end > at && text[end - 1] == ' ')
    end--;
  if (end - at < 3 || cot_mask_is_account (text + at, end - at)
      || cot_mask_is_common (text + at, end - at))
    return;
  if (memchr (text + at, ' ', end - at) == NULL && memchr (text + at, '.', end - at) != NULL)
    cot_mask_add_domain (self, text + at, end - at);
  else
    cot_mask_add_value (self, key->kind, text + at, end - at, TRUE);
}

static void
take_serial (CotMask *self, const Key *key, const char *text, gsize n, gsize at)
{
  gsize end = find_end (text, n, at, " \t\"'<>\r\n,;|&)]}(", 64);
  gboolean has_digit = FALSE;

  while (end > at && text[end - 1] == '.')
    end--;
  for (gsize i = at; i < end; i++)
    has_digit = has_digit || g_ascii_isdigit (text[i]);
  if (has_digit && end - at >= 4)
    cot_mask_add_value (self, key->kind, text + at, end - at, TRUE);
}

static void
take_secret (CotMask *self, const Key *key, const char *text, gsize n, gsize at, gboolean strong)
{
  char quote = at > 0 ? text[at - 1] : ' ';
  gsize end;

  if (quote == '"' || quote == '\'')
    {
      const char ends[] = { quote, '\r', '\n', '\0' };

      end = find_end (text, n, at, ends, MAX_VALUE_BYTES);
      if (end > at && end < n && text[end - 1] == '\\')
        end--;
    }
  else
    end = find_end (text, n, at, " \t\r\n&;,<>\"')]}|", MAX_VALUE_BYTES);
  while (end > at && text[end - 1] == '.')
    end--;
  /* "bearer token" is no token, nor "basic authentication". */
  if (key->weak && key->shape == SECRET
      && (end - at < 16 || memchr (text + at, '\\', end - at) != NULL))
    return;
  /* Behind a blank alone words follow, unless it is an option of a command line. */
  if (!strong && !key->weak && end - at < 3)
    return;
  cot_mask_add_secret (self, text + at, end - at);
}

/* "tenant contoso.onmicrosoft.com id 72f9...": a name may stand between, and what says that an id
 * follows. */
static gsize
skip_to_guid (const char *text, gsize n, gsize at)
{
  static const char *const words[] = { "id", "with", "is", "and" };

  for (guint i = 0; i < MAX_WORDS_BEFORE_ID && at < n; i++)
    {
      gsize end = find_end (text, n, at, " \t\r\n\"'<>()[]{},;=:", MAX_TEXT_BYTES);
      gboolean is_known = memchr (text + at, '.', end - at) != NULL;

      if (cot_mask_is_guid (text + at, n - at))
        return at;
      for (gsize j = 0; j < G_N_ELEMENTS (words); j++)
        is_known = is_known
                   || (end - at == strlen (words[j])
                       && g_ascii_strncasecmp (text + at, words[j], end - at) == 0);
      if (!is_known)
        return n;
      at = end;
      while (at < n && strchr (" \"'<([{,=:", text[at]) != NULL && text[at] != '\0')
        at++;
    }
  return at;
}

static void
take_guid (CotMask *self, const Key *key, const char *text, gsize n, gsize at)
{
  if (strcmp (key->name, "tenant") == 0)
    at = skip_to_guid (text, n, at);
  if (at >= n)
    return;
  if (n - at > 3 && g_ascii_strncasecmp (text + at, "is ", 3) == 0)
    at += 3;
  while (at < n && (text[at] == '{' || text[at] == '"' || text[at] == ' '))
    at++;
  if (n - at > 5 && g_ascii_strncasecmp (text + at, "GUID:", 5) == 0)
    at += 5;
  if (at < n && cot_mask_is_guid (text + at, n - at))
    cot_mask_add_value (self, key->kind, text + at, 36, TRUE);
}

/* "Maria", "Maria Schmidt": behind a blank only what begins like a name. */
static void
take_person (CotMask *self, const char *text, gsize n, gsize at)
{
  gsize end = at;

  while (end < n && end - at < MAX_TEXT_BYTES
         && (cot_mask_is_name (text[end]) || text[end] == '\''))
    end++;
  while (end > at && strchr (".-'", text[end - 1]) != NULL)
    end--;
  if (end == at || g_ascii_isdigit (text[at]) || cot_mask_is_common (text + at, end - at))
    return;
  cot_mask_add_user (self, text + at, end - at);
  if (end + 1 < n && text[end] == ' ' && g_ascii_isupper (text[end + 1]))
    {
      gsize second = end + 1;

      end = second;
      while (end < n && end - at < MAX_TEXT_BYTES && cot_mask_is_name (text[end]))
        end++;
      /* "givenName=Maria Surname=Schmidt": the next word is a key. */
      if (end < n && strchr ("=:", text[end]) != NULL)
        return;
      if (!cot_mask_is_common (text + second, end - second))
        cot_mask_add_user (self, text + second, end - second);
    }
}

/* "?token=", "--token x", "/token:x" */
static gboolean
is_option_or_parameter (const char *text, gsize start)
{
  if (start == 0)
    return FALSE;
  if (text[start - 1] == '?' || text[start - 1] == '&')
    return TRUE;
  if (text[start - 1] == '/')
    return start == 1 || strchr (" \t\"'", text[start - 2]) != NULL;
  if (text[start - 1] != '-')
    return FALSE;
  return start == 1 || strchr (" \t\"'-", text[start - 2]) != NULL;
}

/* "Token=0x4A8" is a handle, and "PublicKeyToken=..." is told to all; "key=HKLM\..." is a place. */
static void
take_assigned (CotMask *self,
               const Key *key,
               const char *text,
               gsize n,
               gsize start,
               gsize end,
               gsize at)
{
  gboolean is_option = is_option_or_parameter (text, start);
  gsize value_end = find_end (text, n, at, " \t\r\n&;,<>\"')]}|", MAX_VALUE_BYTES);
  gboolean is_odd = cot_mask_is_odd (text + at, value_end - at);

  if (start >= 9 && g_ascii_strncasecmp (text + start - 9, "publickey", 9) == 0)
    return;
  if (at == end || value_end == at || memchr (text + at, '\\', value_end - at) != NULL
      || g_ascii_strncasecmp (text + at, "0x", 2) == 0)
    return;
  if (key->weak ? !is_option || text[end] == ' '
                : text[end] != '=' && text[end] != '"' && !is_option && !is_odd)
    return;
  /* <settings pass="oobeSystem">: a pass is a phase of Windows setup, too. */
  if (strcmp (key->name, "pass") == 0 && !is_option && !is_odd)
    return;
  /* "-pass through" tells of no secret. */
  if (is_option && text[end] == ' ' && !is_odd)
    return;
  take_secret (self, key, text, n, at, TRUE);
}

/* A weak word counts only by itself: not that of "SetupHost". */
static void
take (CotMask *self, const Key *key, const char *text, gsize n, gsize start, gsize end)
{
  gboolean strong;
  gsize at = skip_separators (text, n, end, &strong);
  gboolean is_option = start > 0 && (text[start - 1] == '/' || text[start - 1] == '-');

  if (key->weak && start > 0 && g_ascii_isalnum (text[start - 1]))
    return;
  /* "</UserName>": it ends there. "CcmHost::Run" is a function. */
  if (at >= n || at == end || (end + 1 < n && text[end] == ':' && text[end + 1] == ':')
      || (start > 1 && text[start - 1] == '/' && text[start - 2] == '<'))
    return;
  if (key->shape == GUID)
    take_guid (self, key, text, n, at);
  else if (key->name[0] == 's' && strcmp (key->name, "sig") == 0 && text[end] != '=')
    return;
  else if (key->shape == ASSIGNED && (strong || is_option))
    take_assigned (self, key, text, n, start, end, at);
  else if (key->shape == SECRET && (strong || is_option || key->weak))
    take_secret (self, key, text, n, at, strong);
  else if (!strong)
    return;
  else if (key->shape == TEXT)
    take_text (self, key, text, n, at);
  else if (key->shape == SERIAL)
    take_serial (self, key, text, n, at);
  else if (key->shape == PERSON)
    take_person (self, text, n, at);
  else if (key->shape != SECRET && key->shape != ASSIGNED)
    take_name (self, key, text, n, at);
}

/* "ADMINPASSWORD=x": at @at the sign stands. Where the word begins by itself, or with a large
 * letter, it is a key like others. */
void
cot_mask_learn_assignment (CotMask *self, const char *text, gsize n, gsize at)
{
  static const Key key = { "password", COT_MASK_SECRET, SECRET };
  static const char *const endings[]
      = { "password", "passwort", "kennwort", "passwd", "passphrase", "pwd", "secret" };

  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      gsize n_ending = strlen (endings[i]);
      gboolean strong;

      if (at <= n_ending || !g_ascii_isalnum (text[at - n_ending - 1])
          || g_ascii_strncasecmp (text + at - n_ending, endings[i], n_ending) != 0)
        continue;
      at = skip_separators (text, n, at, &strong);
      if (at < n)
        take_secret (self, &key, text, n, at, TRUE);
      return;
    }
}

void
cot_mask_learn_key (CotMask *self, const char *text, gsize n, gsize at)
{
  char letter = g_ascii_tolower (text[at]);

  chain_keys ();
  /* The id of a client, as it writes it itself. */
  if (n - at > 41 && strncmp (text + at, "GUID:", 5) == 0
      && cot_mask_is_guid (text + at + 5, n - at - 5))
    cot_mask_add_value (self, COT_MASK_DEVICE, text + at + 5, 36, TRUE);
  if (letter < 'a' || letter > 'z')
    return;
  for (guint8 i = first_key[letter - 'a']; i > 0; i = next_key[i - 1])
    {
      gsize end = match_key (text, n, at, keys[i - 1].name);

      if (end > 0)
        take (self, &keys[i - 1], text, n, at, end);
    }
}
