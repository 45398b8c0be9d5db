/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whose logs they are, where no name looks like a computer's. One computer writes one log of a
 * name at a time: two that are alive in two folders come from two computers, unless the folders
 * differ only in what they are: "Logs" and "ccmsetup", an older copy, an archive beside what was
 * unpacked from it. */

#include "cot-layout-private.h"

#include <string.h>

#include "cot-decoder.h"
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
  "after", "alt", "arch", "archive", "archived", "archives", "autopilot", "backup", "backups",
  "bak", "bck", "before", "bkp", "bundle", "cab", "ccm", "ccmcache", "ccmlogs", "ccmsetup",
  "clientlogs", "collect", "collected", "collection", "configmgr", "configmgrlogs", "copia",
  "copie", "copies", "copy", "current", "data", "deviceenrollment", "devicehealth",
  "deviceprovisioning", "diag", "diaglogs", "diagnostic", "diagnostics", "diags", "dump",
  "earlier", "enrollment", "event", "eventlogs", "events", "evtx", "export", "exported",
  "exports", "extract", "extracted", "files", "final", "folder", "fullos", "generation", "gz",
  "hist", "history", "ime", "intune", "intunelogs", "intunemanagementextension", "kopie", "last",
  "later", "latest", "licensingdiag", "live", "log", "logfiles", "logs", "mdm", "mdmdiagnostics",
  "mdmdiagreport", "mdmlogs", "mecm", "memcm", "mpsupportfiles", "neu", "new", "newer", "newos",
  "now", "of", "old", "older", "orig", "original", "output", "panther", "prev", "previous",
  "recent", "report", "reports", "rollback", "rolled", "rollover", "rotated", "run", "saved",
  "sccm", "sccmlogs", "setup", "sicherung", "sidecar", "smstslog", "snapshot", "support",
  "supportcenter", "temp", "tmp", "today", "tpm", "trace", "traces", "try", "unattendgc",
  "unpacked", "unzipped", "winpe", "yesterday", "zip",
};

/* They are no computer's alone, but may be a part of its name. */
static const char *const lone_words[] = {
  "all", "amd", "app", "appdata", "arm", "c", "cbs", "client", "clients", "configuration", "d",
  "default", "desktop", "dism", "documents", "downloads", "e", "first", "from", "ftpsvc", "full",
  "general", "home", "i", "incoming", "in", "kb", "local", "manager", "microsoft", "mnt",
  "next", "os", "osd", "other", "others", "pe", "program", "programdata", "public", "roaming",
  "root", "second", "share", "sms", "smtpsvc", "software", "sources", "sysprep", "system",
  "systemtemp", "the", "third", "users", "v", "var", "volume", "w3svc", "windows",
  "windowsupdate", "x",
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

/* These stand in several folders of one computer. */
static const char *const wandering_logs[] = {
  "setupact.log", "setuperr.log", "smsts.log", "windowsupdate.log",
};

/* Below these only a collector's folders follow. */
static const char *const collector_parts[] = {
  "/logs/ccm/", "/logs/mdmlogs/", "/logs/eventlogs/", "/logs/panther/",
  "/intune/commands/", "/intune/files/", "/intune/registrykeys/", "/intune/eventlogs/",
};

/* What a log says of whose it is by standing twice. */
typedef enum
{
  EVIDENCE_NONE,
  EVIDENCE_WEAK, /* only where both folders are named as computers are */
  EVIDENCE_STRONG,
} Evidence;

typedef struct
{
  GHashTable *kinds;
  GHashTable *lone;
  GHashTable *introductions;
} Words;

typedef struct
{
  const Words *words;
  GStringChunk *texts;
} Search;

/* One log and the folder whose it is. */
typedef struct
{
  const char *name;
  const char *owner; /* a path without a '/' at its end */
  gboolean is_strong;
} Place;

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

/* "SALES-PC logs (2)" has four words; "OldLogs" has two. */
static guint
split_name (const char *name, gsize n, Word *words)
{
  guint n_words = 0;
  gsize at = 0;

  while (n_words < MAX_WORDS)
    {
      while (at < n && !is_word_character (name[at]))
        at++;
      if (at == n)
        break;
      words[n_words].start = at;
      for (at++; at < n && is_word_character (name[at]); at++)
        if (g_ascii_islower (name[at - 1]) && g_ascii_isupper (name[at]))
          break;
      words[n_words++].end = at;
    }
  return n_words;
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

static gboolean
is_ticket (const char *device)
{
  gsize n = strcspn (device, "-0123456789");

  for (gsize i = 0; i < G_N_ELEMENTS (ticket_words); i++)
    if (strlen (ticket_words[i]) == n && g_ascii_strncasecmp (ticket_words[i], device, n) == 0)
      return TRUE;
  return FALSE;
}

/* The computer that the name of a folder or an archive says; (nullable) (transfer full). */
static char *
guess_device (const char *name, gsize n, gboolean *is_strong)
{
  g_autofree char *text = g_strndup (name, n);
  g_autofree char *device = cot_member_guess_device_by_name (text, is_strong);

  if (device != NULL && !*is_strong && is_ticket (device))
    return NULL;
  return g_steal_pointer (&device);
}

/* Whether a name only says what a folder is; where it may be a part of a computer's name as well,
 * as in "DESKTOP-0042", it does not. */
static gboolean
is_kind (const Words *self, const char *name, gsize n)
{
  Word words[MAX_WORDS];
  guint n_words = split_name (name, n, words);
  gboolean is_sure = n_words <= 1;
  g_autofree char *device = NULL;
  gboolean is_strong;

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
    device = guess_device (name, n, &is_strong);
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

/* "logs_SALES-PC_20240924 - Copy.zip" is "SALES-PC". */
static void
trim_name (const Words *self, const char **name, gsize *n)
{
  Word words[MAX_WORDS];
  guint n_words = split_name (*name, *n, words);
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

/* As computers are named: "SALES", "PC-A", "anna-laptop". */
static gboolean
is_host_name (const Words *self, const char *name, gsize n)
{
  gboolean has_small = FALSE;
  gboolean has_dash = FALSE;

  trim_name (self, &name, &n);
  for (gsize i = 0; i < n; i++)
    {
      has_small |= g_ascii_islower (name[i]);
      has_dash |= name[i] == '-';
    }
  return cot_member_could_be_device (name, n)
         && (has_dash || (!has_small && n >= MIN_CAPITALS));
}

/* Where the last part of a path begins. */
static gsize
find_last (const char *path, gsize n)
{
  while (n > 0 && path[n - 1] != '/')
    n--;
  return n;
}

static gboolean
is_host_path (const Words *self, const char *path)
{
  gsize n = strlen (path);
  gsize last = find_last (path, n);

  return is_host_name (self, path + last, n - last);
}

static gsize
drop_last (const char *path, gsize n)
{
  n = find_last (path, n);
  return n > 0 ? n - 1 : 0;
}

static gsize
drop_kinds (const Words *self, const char *path, gsize n)
{
  while (n > 0)
    {
      gsize last = find_last (path, n);

      if (!is_kind (self, path + last, n - last))
        break;
      n = last > 0 ? last - 1 : 0;
    }
  return n;
}

/* The end of the folder that is a computer's by its own name: one that only a collector gives, else
 * the first; 0 where there is none. */
static gsize
find_named_folder (const char *path, gsize n, gboolean *is_sure)
{
  gsize found = 0;

  *is_sure = FALSE;
  for (gsize start = 0; start < n;)
    {
      gsize end = start + strcspn (path + start, "/");
      gboolean is_strong = FALSE;
      g_autofree char *device = guess_device (path + start, MIN (end, n) - start, &is_strong);

      if (is_strong)
        {
          *is_sure = TRUE;
          return MIN (end, n);
        }
      if (device != NULL && found == 0)
        found = MIN (end, n);
      start = end + 1;
    }
  return found;
}

/* Where a collector's own folders begin. */
static gsize
find_collector_part (const char *label)
{
  g_autofree char *lower = g_ascii_strdown (label, -1);
  g_autofree char *folded = g_strconcat ("/", lower, NULL);
  gsize n = strlen (label);

  for (gsize i = 0; i < G_N_ELEMENTS (collector_parts); i++)
    {
      const char *part = strstr (folded, collector_parts[i]);

      if (part != NULL)
        n = MIN (n, (gsize) (part - folded));
    }
  return n > 0 ? n - 1 : 0;
}

/* How much of the label is the folder whose it is; 0 where no folder says so. */
static gsize
find_owner (const Words *self, const char *label)
{
  gsize n = drop_last (label, strlen (label));
  gboolean is_sure;
  gsize named;
  gsize last;

  n = drop_kinds (self, label, MIN (n, find_collector_part (label)));
  named = find_named_folder (label, n, &is_sure);
  last = find_last (label, n);
  /* Below a place there are computers, below a computer there is none. */
  if (named > 0 && (is_sure || !is_host_name (self, label + last, n - last)))
    return named;
  return n;
}

static gboolean
is_wandering (const char *base_name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (wandering_logs); i++)
    if (g_ascii_strcasecmp (wandering_logs[i], base_name) == 0)
      return TRUE;
  return FALSE;
}

/* Only what is written to still: older parts stand where somebody puts them. */
static Evidence
weigh_log (const char *label, char **name)
{
  g_autofree char *base_name = NULL;
  g_autofree char *generation = NULL;
  CotMemberGroup group;
  CotMemberKind kind;

  cot_member_identify (label, NULL, &base_name, &generation);
  if (*generation != '\0')
    return EVIDENCE_NONE;
  kind = cot_member_guess_kind (label, base_name, 1);
  group = cot_member_guess_group (label, base_name);
  if ((kind != COT_MEMBER_LOG && kind != COT_MEMBER_EVENT_LOG
       && !g_str_has_prefix (base_name, "dsregcmd"))
      || group == COT_MEMBER_GROUP_OTHER)
    return EVIDENCE_NONE;
  *name = g_ascii_strdown (base_name, -1);
  if (kind != COT_MEMBER_LOG || group == COT_MEMBER_GROUP_WINDOWS || is_wandering (base_name)
      || g_str_has_prefix (*name, "u_ex"))
    return EVIDENCE_WEAK;
  return EVIDENCE_STRONG;
}

static int
compare_places (gconstpointer first, gconstpointer second)
{
  const Place *a = first;
  const Place *b = second;
  int order = strcmp (a->name, b->name);

  return order != 0 ? order : strcmp (a->owner, b->owner);
}

/* All logs that stand in the folder of somebody, sorted by name. */
static GArray *
find_places (const Search *self, const char *const *labels, guint n_labels)
{
  GArray *places = g_array_new (FALSE, FALSE, sizeof (Place));

  for (guint i = 0; i < n_labels; i++)
    {
      gsize n = find_owner (self->words, labels[i]);
      g_autofree char *owner = n > 0 ? g_strndup (labels[i], n) : NULL;
      g_autofree char *name = NULL;
      Evidence evidence = owner != NULL ? weigh_log (labels[i], &name) : EVIDENCE_NONE;
      Place place = { NULL, NULL, evidence == EVIDENCE_STRONG };

      if (evidence == EVIDENCE_NONE
          || (evidence == EVIDENCE_WEAK && !is_host_path (self->words, owner)))
        continue;
      place.name = g_string_chunk_insert_const (self->texts, name);
      place.owner = g_string_chunk_insert_const (self->texts, owner);
      g_array_append_val (places, place);
    }
  g_array_sort (places, compare_places);
  return places;
}

/* The name that the last part of a path says, as it is compared; (transfer full). */
static char *
fold_owner (const Words *self, const char *owner)
{
  gsize n = strlen (owner);
  gsize last = find_last (owner, n);
  const char *name = owner + last;
  gboolean is_strong;
  g_autofree char *device = guess_device (name, n - last, &is_strong);

  n -= last;
  if (device != NULL)
    return g_ascii_strdown (device, -1);
  trim_name (self, &name, &n);
  return g_ascii_strdown (name, (gssize) n);
}

/* Folders of one name in several places are named by what they stand in: "London/Team" and
 * "Paris/Team". FALSE where all differ. */
static gboolean
climb (const Search *self, GHashTable *owners)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) twice = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) higher = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer owner;

  g_hash_table_iter_init (&iter, owners);
  while (g_hash_table_iter_next (&iter, &owner, NULL))
    {
      char *name = fold_owner (self->words, owner);
      gpointer other = g_hash_table_lookup (seen, name);

      if (other != NULL)
        {
          g_hash_table_add (twice, other);
          g_hash_table_add (twice, owner);
          g_free (name);
        }
      else
        g_hash_table_insert (seen, name, owner);
    }
  g_hash_table_iter_init (&iter, owners);
  while (g_hash_table_iter_next (&iter, &owner, NULL))
    {
      gsize n;

      /* A computer is one and the same wherever its name stands. */
      if (!g_hash_table_contains (twice, owner)
          || is_host_path (self->words, owner))
        continue;
      n = drop_kinds (self->words, owner, drop_last (owner, strlen (owner)));
      if (n > 0)
        {
          g_autofree char *above = g_strndup (owner, n);

          g_ptr_array_add (higher, g_string_chunk_insert_const (self->texts, above));
        }
      g_hash_table_iter_remove (&iter);
    }
  for (guint i = 0; i < higher->len; i++)
    g_hash_table_add (owners, g_ptr_array_index (higher, i));
  return higher->len > 0;
}

/* What stands in the folder of somebody else is that one's. */
static void
drop_nested (GHashTable *owners)
{
  g_autoptr (GPtrArray) nested = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer owner;

  g_hash_table_iter_init (&iter, owners);
  while (g_hash_table_iter_next (&iter, &owner, NULL))
    for (gsize n = drop_last (owner, strlen (owner)); n > 0; n = drop_last (owner, n))
      {
        g_autofree char *above = g_strndup (owner, n);

        if (!g_hash_table_contains (owners, above))
          continue;
        g_ptr_array_add (nested, owner);
        break;
      }
  for (guint i = 0; i < nested->len; i++)
    g_hash_table_remove (owners, g_ptr_array_index (nested, i));
}

static gboolean
name_several (const Words *self, GHashTable *owners)
{
  g_autofree char *first = NULL;
  GHashTableIter iter;
  gpointer owner;

  g_hash_table_iter_init (&iter, owners);
  while (g_hash_table_iter_next (&iter, &owner, NULL))
    {
      g_autofree char *name = fold_owner (self, owner);

      if (first == NULL)
        first = g_steal_pointer (&name);
      else if (strcmp (first, name) != 0)
        return TRUE;
    }
  return FALSE;
}

/* The folders in which one log is alive; none where they may be one computer's. */
static void
take_owners_of_log (const Search *self, const Place *places, guint n_places, GHashTable *owners)
{
  g_autoptr (GHashTable) here = NULL;
  GHashTableIter iter;
  gpointer owner;

  if (strcmp (places[0].owner, places[n_places - 1].owner) == 0)
    return;
  here = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < n_places; i++)
    g_hash_table_add (here, (gpointer) places[i].owner);
  while (climb (self, here))
    ;
  drop_nested (here);
  if (!name_several (self->words, here))
    return;
  g_hash_table_iter_init (&iter, here);
  while (g_hash_table_iter_next (&iter, &owner, NULL))
    g_hash_table_add (owners, owner);
}

/* The folders, each of a computer; empty where there are not two. */
static GHashTable *
find_owners (const Search *self, const char *const *labels, guint n_labels)
{
  g_autoptr (GArray) places = find_places (self, labels, n_labels);
  GHashTable *owners = g_hash_table_new (g_str_hash, g_str_equal);
  guint end;

  for (guint first = 0; first < places->len; first = end)
    {
      const Place *place = &g_array_index (places, Place, first);

      for (end = first + 1; end < places->len; end++)
        if (strcmp (g_array_index (places, Place, end).name, place->name) != 0)
          break;
      take_owners_of_log (self, place, end - first, owners);
    }
  drop_nested (owners);
  if (!name_several (self->words, owners))
    g_hash_table_remove_all (owners);
  return owners;
}

/* The one of these folders in which a label stands, or that it is; (nullable). */
static const char *
find_folder (GHashTable *folders, const char *label)
{
  g_autofree char *path = g_strdup (label);
  const char *found = NULL;
  char *end = path;

  while (found == NULL && end != NULL && g_hash_table_size (folders) > 0)
    {
      end = strchr (end + (*end == '/'), '/');
      if (end != NULL)
        *end = '\0';
      found = g_hash_table_lookup (folders, path);
      if (end != NULL)
        *end = '/';
    }
  return found;
}

/* What stands beside the folders of computers and has logs is one too. */
static void
add_neighbours (const Search *self, const char *const *labels, guint n_labels, GHashTable *owners)
{
  g_autoptr (GHashTable) parents = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer owner;

  g_hash_table_iter_init (&iter, owners);
  while (g_hash_table_iter_next (&iter, &owner, NULL))
    {
      g_autofree char *parent = g_strndup (owner, drop_last (owner, strlen (owner)));

      g_hash_table_add (parents, g_string_chunk_insert_const (self->texts, parent));
    }
  for (guint i = 0; i < n_labels && g_hash_table_size (parents) > 0; i++)
    {
      gsize n = find_owner (self->words, labels[i]);
      g_autofree char *path = g_strndup (labels[i], n);
      g_autofree char *parent = g_strndup (labels[i], drop_last (labels[i], n));
      g_autofree char *name = NULL;

      if (n > 0 && g_hash_table_contains (parents, parent)
          && find_folder (owners, labels[i]) == NULL
          && weigh_log (labels[i], &name) == EVIDENCE_STRONG)
        g_ptr_array_add (found, g_string_chunk_insert_const (self->texts, path));
    }
  for (guint i = 0; i < found->len; i++)
    g_hash_table_add (owners, g_ptr_array_index (found, i));
}

/* As it is shown: what a collector or a user wrote around the computer's name falls away, and
 * nothing in it can deceive. */
static char *
dup_name (const Words *self, const char *owner)
{
  gsize n = strlen (owner);
  gsize last = find_last (owner, n);
  const char *name = owner + last;
  GString *shown;
  gboolean is_strong;
  char *device = guess_device (name, n - last, &is_strong);

  if (device != NULL)
    return device;
  n -= last;
  trim_name (self, &name, &n);
  shown = g_string_new (NULL);
  cot_text_append_visible (shown, name, (gssize) n, FALSE);
  return g_string_free (shown, FALSE);
}

/**
 * cot_layout_find_owners:
 * @labels: (array length=n_labels): the labels of the members of a bundle, or paths
 * @n_labels: how many
 * @names: (array length=n_labels) (element-type utf8): where the names go, each (transfer full)
 *
 * Tells by the logs, where the names of the folders say no computer, whose each label is. Any
 * thread.
 *
 * Returns: whether there are two computers or more
 */
gboolean
cot_layout_find_owners (const char *const *labels, guint n_labels, char **names)
{
  Search search = { get_words (), g_string_chunk_new (4096) };
  g_autoptr (GHashTable) owners = find_owners (&search, labels, n_labels);
  gboolean has_several = g_hash_table_size (owners) > 0;

  if (has_several)
    add_neighbours (&search, labels, n_labels, owners);
  for (guint i = 0; has_several && i < n_labels; i++)
    {
      const char *owner = find_folder (owners, labels[i]);

      if (owner != NULL)
        names[i] = dup_name (search.words, owner);
    }
  g_string_chunk_free (search.texts);
  return has_several;
}

/**
 * cot_layout_is_kind_of_folder:
 * @name: the name of a folder or an archive
 *
 * Returns: whether it only says what the folder is, or when it was made
 */
gboolean
cot_layout_is_kind_of_folder (const char *name)
{
  return is_kind (get_words (), name, strlen (name));
}
