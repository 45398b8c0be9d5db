/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the names of folders and archives say: whose they are, or only what they are. */

#include "cot-folder-name-private.h"

#include <string.h>

#include "cot-member-private.h"

/* A folder of a name with more parts is judged by the first of them. */
#define MAX_WORDS 32
#define MAX_WORD_BYTES 24
/* From here on a number alone is a date, and below it may be the number of a computer. */
#define MIN_DATE_DIGITS 6
/* Shorter names in capitals are more often those of products. */
#define MIN_CAPITALS 4

/* What a folder is, and when it was made: never whose it is. At the end of a name they fall away
 * too. */
static const char *const kind_words[] = {
  "after", "alllogs", "alt", "arch", "archive", "archived", "archives", "attempt", "autopilot",
  "backup", "backups", "bak", "bck", "before", "bkp", "bundle", "cab", "cbslogs", "cbspersist",
  "ccm", "ccmcache", "ccmlogs", "ccmsetup", "clientlogs", "cmlogs", "collect", "collected",
  "collection", "collector", "configmgr", "configmgrlogs", "copia", "copie", "copies", "copy",
  "current", "daily", "data", "day", "deviceenrollment", "devicehealth", "devicelogs",
  "deviceprovisioning", "diag", "diaglogs", "diagnostic", "diagnostics", "diags", "dplogs",
  "dump", "during", "earlier", "enrollment", "event", "eventlogs", "events", "evtx", "export",
  "exported", "exports", "extract", "extracted", "files", "final", "fix", "fixed", "folder",
  "fullos", "generation", "gz", "hist", "history", "ime", "imelogs", "initial", "install",
  "intune", "intunelogs", "intunemanagementextension", "kopie", "last", "later", "latest",
  "licensingdiag", "live", "log", "logfiles", "logs", "mdm", "mdmdiagnostics", "mdmdiagreport",
  "mdmlogs", "mecm", "mecmlogs", "memcm", "memcmlogs", "mplogs", "mpsupportfiles", "neu", "new",
  "newer", "newos", "now", "of", "old", "older", "onedatacollector", "orig", "original",
  "output", "panther", "part", "phase", "prev", "previous", "reboot", "recent", "report",
  "reports", "restart", "retry", "rollback", "rolled", "rollover", "rotated", "round",
  "run", "saved", "sccm", "sccmlogs", "setup", "sicherung", "sidecar", "sitelogs",
  "smslogs", "smstslog", "snapshot", "stage", "start", "step", "support", "supportcenter",
  "temp", "tmp", "today", "tpm", "trace", "traces", "try", "tslogs", "unattendgc",
  "unpacked", "unzipped", "update", "upgrade", "version", "week", "weekly", "winpe",
  "yesterday", "zip",
};

/* They are no computer's alone, but may be a part of its name. What people are called too is left
 * out. */
static const char *const lone_words[] = {
  "all", "am", "amd", "app", "appdata", "arm", "c", "cbs", "configuration", "d", "december",
  "default", "dism", "documents", "downloads", "e", "february", "first", "friday", "from",
  "ftpsvc", "full", "general", "home", "i", "in", "incoming", "january", "july", "kb", "local",
  "manager", "march", "microsoft", "mnt", "monday", "next", "november", "october", "os", "osd",
  "other", "others", "pe", "pm", "program", "programdata", "public", "roaming", "root", "saturday",
  "second", "september", "share", "sms", "smtpsvc", "software", "sources", "sunday", "sysprep",
  "system", "systemtemp", "the", "third", "thursday", "tuesday", "users", "v", "var", "volume",
  "w3svc", "wednesday", "windows", "windowsupdate", "x",
};

/* What stands in front of the computer's name in the names that people give. */
static const char *const introductions[] = {
  "backup", "bundle", "ccm", "ccmlogs", "clientlogs", "collected", "diag", "diaglogs",
  "diagnostics", "export", "from", "intune", "log", "logs", "of", "sccm", "support",
};

/* A number behind one of these is that of a case, and no computer's. */
static const char *const ticket_words[] = {
  "call", "case", "chg", "cs", "inc", "incident", "prb", "req", "ritm", "sr", "task", "ticket",
};

typedef struct
{
  GHashTable *kinds;
  GHashTable *lone;
  GHashTable *introductions;
} Words;

/* Parts of a name: words, numbers. */
typedef struct
{
  gsize start;
  gsize end;
} Word;

static GHashTable *
make_set (const char *const *words, gsize n)
{
  GHashTable *set = g_hash_table_new (g_str_hash, g_str_equal);

  for (gsize i = 0; i < n; i++)
    g_hash_table_add (set, (gpointer) words[i]);
  return set;
}

/* They are made once, and only read then. */
static const Words *
get_words (void)
{
  static gsize once = 0;
  static Words words;

  if (g_once_init_enter (&once))
    {
      words.kinds = make_set (kind_words, G_N_ELEMENTS (kind_words));
      words.lone = make_set (lone_words, G_N_ELEMENTS (lone_words));
      words.introductions = make_set (introductions, G_N_ELEMENTS (introductions));
      g_once_init_leave (&once, 1);
    }
  return &words;
}

static gboolean
is_word_character (char c)
{
  return g_ascii_isalnum (c) || (c & 0x80) != 0;
}

/* A number, a date or a time: "2", "20240924T100311Z". */
static gboolean
is_number (const char *name, const Word *word)
{
  return g_ascii_isdigit (name[word->start])
         && strspn (name + word->start, "0123456789TZ") >= word->end - word->start;
}

/* Digits around a word say nothing: "logs2". */
static gboolean
is_in (GHashTable *set, const char *name, const Word *word)
{
  char folded[MAX_WORD_BYTES + 1];
  gsize start = word->start;
  gsize end = word->end;
  gsize n = 0;

  while (start < end && g_ascii_isdigit (name[start]))
    start++;
  while (end > start && g_ascii_isdigit (name[end - 1]))
    end--;
  if (end - start > MAX_WORD_BYTES)
    return FALSE;
  while (start < end)
    folded[n++] = g_ascii_tolower (name[start++]);
  folded[n] = '\0';
  return g_hash_table_contains (set, folded);
}

/* Where the next word in @word begins, which has a capital; its end where there is none. */
static gsize
find_hump (const char *name, const Word *word)
{
  gsize at = word->start + 1;

  while (at < word->end && !(g_ascii_islower (name[at - 1]) && g_ascii_isupper (name[at])))
    at++;
  return at;
}

/* "SALES-PC logs (2)" has four words, "OldLogs" has two; "MDMDiagReport" is one that is known. */
static guint
split_name (const Words *self, const char *name, gsize n, Word *words)
{
  guint n_words = 0;
  gsize at = 0;

  while (n_words < MAX_WORDS)
    {
      Word *word;

      while (at < n && !is_word_character (name[at]))
        at++;
      if (at == n)
        break;
      word = &words[n_words++];
      word->start = at;
      for (word->end = at + 1; word->end < n && is_word_character (name[word->end]);)
        word->end++;
      if (!is_in (self->kinds, name, word) && !is_in (self->lone, name, word))
        word->end = find_hump (name, word);
      at = word->end;
    }
  return n_words;
}

static gboolean
is_ticket (const char *device, gsize n_device)
{
  gsize n = 0;

  while (n < n_device && device[n] != '-' && !g_ascii_isdigit (device[n]))
    n++;

  for (gsize i = 0; i < G_N_ELEMENTS (ticket_words); i++)
    if (strlen (ticket_words[i]) == n && g_ascii_strncasecmp (ticket_words[i], device, n) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
ends_with (const char *name, gsize n, const char *ending)
{
  gsize n_ending = strlen (ending);

  return n > n_ending && g_ascii_strncasecmp (name + n - n_ending, ending, n_ending) == 0;
}

/**
 * cot_folder_name_is_archive:
 * @name: the name of a folder or an archive
 * @n: its length in bytes
 *
 * Returns: whether it is called an archive of several files
 */
gboolean
cot_folder_name_is_archive (const char *name, gsize n)
{
  return ends_with (name, n, ".zip") || ends_with (name, n, ".cab");
}

/**
 * cot_folder_name_guess_device:
 * @name: the name of a folder or an archive
 * @n: its length in bytes
 * @is_strong: (out): whether only a collector makes such a name
 *
 * Returns: (transfer full) (nullable): the computer that it says; none for the number of a case
 */
char *
cot_folder_name_guess_device (const char *name, gsize n, gboolean *is_strong)
{
  g_autofree char *text = g_strndup (name, n);
  g_autofree char *device = cot_member_guess_device_by_name (text, is_strong);

  if (device != NULL && !*is_strong && is_ticket (device, strlen (device)))
    return NULL;
  return g_steal_pointer (&device);
}

/**
 * cot_folder_name_is_kind:
 * @name: the name of a folder or an archive
 * @n: its length in bytes
 *
 * Where it may be a part of a computer's name as well, as in "DESKTOP-0042", it does not.
 *
 * Returns: whether it only says what the folder is, or when it was made
 */
gboolean
cot_folder_name_is_kind (const char *name, gsize n)
{
  const Words *self = get_words ();
  Word words[MAX_WORDS];
  guint n_words;
  gboolean is_sure;
  g_autofree char *device = NULL;
  gboolean is_strong;

  /* One file is in there, which stands where its gzip does. */
  if (ends_with (name, n, ".gz"))
    return TRUE;
  /* That it is an archive says nothing of the rest of its name. */
  if (cot_folder_name_is_archive (name, n))
    n -= strlen (".zip");
  n_words = split_name (self, name, n, words);
  is_sure = n_words <= 1;

  /* "(64) FoldersFiles ..." is one of many that Intune collected of one computer. */
  if (n_words > 1 && name[0] == '(' && is_number (name, &words[0])
      && name[words[0].end] == ')')
    return TRUE;
  for (guint i = 0; i < n_words; i++)
    if (is_in (self->kinds, name, &words[i]))
      is_sure = TRUE;
    else if (!is_number (name, &words[i]) && !is_in (self->lone, name, &words[i]))
      return FALSE;
  if (!is_sure)
    device = cot_folder_name_guess_device (name, n, &is_strong);
  return device == NULL;
}

/* A number behind a name is a part of it, "SALES 2", but that of a copy or a time is none. */
static gboolean
is_copy_number (const Words *self, const char *name, const Word *words, guint last)
{
  const Word *word = &words[last];

  return word->end - word->start >= MIN_DATE_DIGITS || name[word->start - 1] == '('
         || (last > 0
             && (is_number (name, word - 1) || is_in (self->kinds, name, word - 1)));
}

/**
 * cot_folder_name_trim:
 * @name: (inout): the name of a folder or an archive
 * @n: (inout): its length in bytes
 *
 * "logs_SALES-PC_20240924 - Copy.zip" is "SALES-PC".
 */
void
cot_folder_name_trim (const char **name, gsize *n)
{
  const Words *self = get_words ();
  Word words[MAX_WORDS];
  guint n_words = split_name (self, *name, *n, words);
  guint first = 0;

  while (n_words > 1
         && (is_number (*name, &words[n_words - 1])
                 ? is_copy_number (self, *name, words, n_words - 1)
                 : is_in (self->kinds, *name, &words[n_words - 1])))
    n_words--;
  while (first + 1 < n_words && is_in (self->introductions, *name, &words[first]))
    first++;
  if (n_words == 0)
    return;
  *n = words[n_words - 1].end - words[first].start;
  *name += words[first].start;
}

/**
 * cot_folder_name_is_host:
 * @name: the name of a folder or an archive
 * @n: its length in bytes
 *
 * Returns: whether computers are named so: "SALES", "PC-A", "anna-laptop"
 */
gboolean
cot_folder_name_is_host (const char *name, gsize n)
{
  gboolean has_small = FALSE;
  gboolean has_dash = FALSE;

  cot_folder_name_trim (&name, &n);
  for (gsize i = 0; i < n; i++)
    {
      has_small |= g_ascii_islower (name[i]);
      has_dash |= name[i] == '-';
    }
  return cot_member_could_be_device (name, n) && !is_ticket (name, n)
         && (has_dash || (!has_small && n >= MIN_CAPITALS));
}
