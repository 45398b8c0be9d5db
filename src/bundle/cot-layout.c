/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-layout-private.h"

#include <string.h>

#include "cot-folder-name-private.h"
#include "cot-member-private.h"

/* Fewer logs of one kind than these do not make a bundle of that kind. */
#define MIN_LOGS 3
/* No collector was ever told to collect as many things. */
#define MAX_NUMBER_DIGITS 5
/* Nobody looks at as many at once. */
#define MAX_DEVICES 10000

static const char *const layout_words[COT_N_LAYOUTS] = {
  [COT_LAYOUT_GENERIC] = "generic",
  [COT_LAYOUT_INTUNE] = "intune",
  [COT_LAYOUT_INTUNE_NUMBERED] = "intune-numbered",
  [COT_LAYOUT_MDM_DIAGNOSTICS] = "mdm-diagnostics",
  [COT_LAYOUT_CLIENT_LOGS] = "client-logs",
  [COT_LAYOUT_SUPPORT_CENTER] = "support-center",
  [COT_LAYOUT_ONE_DATA_COLLECTOR] = "one-data-collector",
  [COT_LAYOUT_COLLECT_ALL_LOGS] = "collect-all-logs",
  [COT_LAYOUT_SITE_SERVER] = "site-server",
  [COT_LAYOUT_CLIENT_AND_SERVER] = "client-and-server",
  [COT_LAYOUT_SEVERAL_DEVICES] = "several-devices",
};

static const struct
{
  const char *word;
  CotDirective directive;
} directives[] = {
  { "RegistryKey ", COT_DIRECTIVE_REGISTRY_KEY },
  { "Command ", COT_DIRECTIVE_COMMAND },
  { "Events ", COT_DIRECTIVE_EVENTS },
  { "FoldersFiles ", COT_DIRECTIVE_FILES },
};

/* Folders and files that only one collector makes; each counts once, however often it is there.
 * Labels are looked at in small letters with a '/' in front. */
static const char *const one_data_collector_parts[] = {
  "/intune/commands/",
  "/intune/files/",
  "/intune/registrykeys/",
  "/intune/eventlogs/",
};
static const char *const collect_all_logs_parts[] = {
  "/logs/ccm/logs/", "/logs/ccm/other/", "/logs/windowsupdate/", "/logs/eventlogs/",
  "/logs/mdmlogs/",  "/logs/panther/",   "/logs/defender/",
};
static const char *const mdm_parts[] = {
  "/mdmdiagreport.",      "/mdmdiaghtmlreport.",        "/mdmdiagreport_registrydump.",
  "/mdmdiaglogmetadata.", "/mdmlogcollectorfootprint.", "/autopilotddsztdfile.",
  "/devicehash_",
};
static const char *const support_center_parts[] = { "supportcenter", "support center" };

typedef struct
{
  guint one_data_collector; /* bits: which of the parts are there */
  guint collect_all_logs;
  guint mdm;
  gboolean support_center;
  guint n_flattened;
  guint n_client;
  guint n_site_server;
  CotLayoutNotes notes;
} Traits;

/* A folder or an archive at the top, which may be a computer's. */
typedef struct
{
  char *device;
  gboolean is_believed; /* by its pattern, or by a log in it that is known */
  gboolean is_shared; /* there are folders of computers in it */
} Root;

/**
 * cot_layout_to_string:
 * @layout: a layout
 *
 * Returns: (transfer none): its word for files and output, never translated
 */
const char *
cot_layout_to_string (CotLayout layout)
{
  return (gsize) layout < G_N_ELEMENTS (layout_words) ? layout_words[layout] : "generic";
}

/* Behind "(12) "; NULL where no such number stands there. */
static const char *
skip_number (const char *name)
{
  if (*name != '(' || !g_ascii_isdigit (name[1]))
    return NULL;
  for (name++; g_ascii_isdigit (*name);)
    name++;
  return name[0] == ')' && name[1] == ' ' ? name + 2 : NULL;
}

static const char *
skip_directive (const char *name, CotDirective *directive)
{
  for (gsize i = 0; i < G_N_ELEMENTS (directives); i++)
    if (g_str_has_prefix (name, directives[i].word))
      {
        *directive = directives[i].directive;
        return name + strlen (directives[i].word);
      }
  *directive = COT_DIRECTIVE_UNKNOWN;
  return name;
}

/* "[0x80070002] "; NULL where there is no code. */
static const char *
read_code (const char *text, guint32 *code)
{
  char *end;
  gsize n_digits;

  if (!g_str_has_prefix (text, "[0x"))
    return NULL;
  text += strlen ("[0x");
  for (n_digits = 0; g_ascii_isxdigit (text[n_digits]);)
    n_digits++;
  if (n_digits == 0 || n_digits > 8 || text[n_digits] != ']')
    return NULL;
  *code = (guint32) g_ascii_strtoull (text, &end, 16);
  end++;
  return *end == ' ' ? end + 1 : end;
}

/**
 * cot_layout_parse_placeholder:
 * @label: the label of a member
 * @directive: (out): what kind of thing was to be collected
 * @name: (out) (transfer full): which one, as the collector writes it; may be ""
 * @code: (out): the error that it met
 *
 * Returns: whether the label is that of a placeholder
 */
gboolean
cot_layout_parse_placeholder (const char *label, CotDirective *directive, char **name,
                              guint32 *code)
{
  const char *slash = strrchr (label, '/');
  const char *at = skip_number (slash != NULL ? slash + 1 : label);

  /* A name with a path in it has its number in front of that. */
  if (at == NULL)
    at = skip_number (label);
  if (at == NULL || !g_str_has_prefix (at, COT_PLACEHOLDER_WORDS))
    return FALSE;
  at = read_code (at + strlen (COT_PLACEHOLDER_WORDS), code);
  if (at == NULL)
    return FALSE;
  *name = g_strdup (skip_directive (at, directive));
  return TRUE;
}

/* "7/export.reg": other files in such a folder are copies of the device's files, or what a command
 * wrote. */
static gboolean
parse_numbered_folder (const char *label, guint *number, CotDirective *directive)
{
  static const struct
  {
    const char *name;
    CotDirective directive;
  } files[] = {
    { "export.reg", COT_DIRECTIVE_REGISTRY_KEY },
    { "events.evtx", COT_DIRECTIVE_EVENTS },
    { "output.log", COT_DIRECTIVE_COMMAND },
  };
  gsize n = strspn (label, "0123456789");

  if (n == 0 || n > MAX_NUMBER_DIGITS || label[n] != '/')
    return FALSE;
  *number = (guint) g_ascii_strtoull (label, NULL, 10);
  *directive = COT_DIRECTIVE_FILES;
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    if (g_ascii_strcasecmp (label + n + 1, files[i].name) == 0)
      *directive = files[i].directive;
  return TRUE;
}

/**
 * cot_layout_parse_number:
 * @label: the label of a member, from the folder of results.xml on
 * @number: (out): the number of what was to be collected
 * @directive: (out): of which kind the label says that it is
 *
 * Returns: whether the label has such a number
 */
gboolean
cot_layout_parse_number (const char *label, guint *number, CotDirective *directive)
{
  const char *name = skip_number (label);
  g_autofree char *what = NULL;
  guint32 code;

  if (name == NULL)
    return parse_numbered_folder (label, number, directive);
  if (strspn (label + 1, "0123456789") > MAX_NUMBER_DIGITS)
    return FALSE;
  *number = (guint) g_ascii_strtoull (label + 1, NULL, 10);
  if (g_str_has_prefix (name, COT_PLACEHOLDER_WORDS))
    return cot_layout_parse_placeholder (label, directive, &what, &code);
  skip_directive (name, directive);
  return *directive != COT_DIRECTIVE_UNKNOWN;
}

/* Whether any folder, or the file, is named as the flattened layout names them. */
static gboolean
is_flattened (const char *label)
{
  for (const char *at = label; at != NULL; at = strchr (at, '/'))
    {
      const char *behind;
      CotDirective directive;

      at += *at == '/';
      behind = skip_number (at);
      if (behind == NULL)
        continue;
      skip_directive (behind, &directive);
      if (directive != COT_DIRECTIVE_UNKNOWN || g_str_has_prefix (behind, COT_PLACEHOLDER_WORDS))
        return TRUE;
    }
  return FALSE;
}

static guint
find_parts (const char *folded, const char *const *parts, gsize n_parts)
{
  guint found = 0;

  for (gsize i = 0; i < n_parts; i++)
    if (strstr (folded, parts[i]) != NULL)
      found |= 1u << i;
  return found;
}

static guint
count_bits (guint bits)
{
  return (guint) __builtin_popcount (bits);
}

static CotMemberGroup
guess_group (const char *label)
{
  g_autofree char *base_name = NULL;
  g_autofree char *generation = NULL;

  cot_member_identify (label, NULL, &base_name, &generation);
  if (cot_member_guess_kind (label, base_name, 1) != COT_MEMBER_LOG)
    return COT_MEMBER_GROUP_OTHER;
  return cot_member_guess_group (label, base_name);
}

static void
look_at_label (Traits *traits, const char *label)
{
  g_autofree char *lower = g_ascii_strdown (label, -1);
  g_autofree char *folded = g_strconcat ("/", lower, NULL);
  CotMemberGroup group = guess_group (label);

  traits->one_data_collector |=
      find_parts (folded, one_data_collector_parts, G_N_ELEMENTS (one_data_collector_parts));
  traits->collect_all_logs |=
      find_parts (folded, collect_all_logs_parts, G_N_ELEMENTS (collect_all_logs_parts));
  traits->mdm |= find_parts (folded, mdm_parts, G_N_ELEMENTS (mdm_parts));
  traits->support_center |=
      find_parts (folded, support_center_parts, G_N_ELEMENTS (support_center_parts)) != 0;
  if (is_flattened (label))
    traits->n_flattened++;
  if (group == COT_MEMBER_GROUP_CLIENT || group == COT_MEMBER_GROUP_CLIENT_SETUP)
    traits->n_client++;
  if (group == COT_MEMBER_GROUP_SITE_SERVER)
    traits->n_site_server++;
  if (strstr (label, COT_PLACEHOLDER_WORDS) != NULL)
    traits->notes |= COT_LAYOUT_NOTE_PLACEHOLDERS;
  if (g_str_has_suffix (folded, "/results.xml"))
    traits->notes |= COT_LAYOUT_NOTE_UPLOAD_TOKEN;
  if (strstr (folded, "/devicehash_") != NULL)
    traits->notes |= COT_LAYOUT_NOTE_HARDWARE_HASH;
  if (g_str_has_suffix (folded, "dmp"))
    traits->notes |= COT_LAYOUT_NOTE_DUMPS;
}

/* "7/export.reg" beside results.xml, whose folder is @root. */
static gboolean
is_numbered_file (const char *label, const char *root, gsize n_root)
{
  static const char *const files[] = { "export.reg", "events.evtx", "output.log" };
  const char *name = label + n_root;
  gsize n = 0;

  if (strncmp (label, root, n_root) != 0)
    return FALSE;
  while (g_ascii_isdigit (name[n]))
    n++;
  if (n == 0 || n > 4 || name[n] != '/')
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    if (g_ascii_strcasecmp (name + n + 1, files[i]) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
has_numbered_folders (const char *const *labels, guint n_labels)
{
  const char *root = NULL;
  gsize n_root = G_MAXSIZE;
  guint n_files = 0;

  for (guint i = 0; i < n_labels; i++)
    {
      const char *slash = strrchr (labels[i], '/');
      const char *name = slash != NULL ? slash + 1 : labels[i];

      if (g_ascii_strcasecmp (name, "results.xml") == 0 && (gsize) (name - labels[i]) < n_root)
        {
          root = labels[i];
          n_root = (gsize) (name - labels[i]);
        }
    }
  for (guint i = 0; root != NULL && i < n_labels; i++)
    if (is_numbered_file (labels[i], root, n_root))
      n_files++;
  return n_files >= 2;
}

static CotLayout
guess_layout (const Traits *traits, const char *bundle_name, const char *const *labels,
              guint n_labels)
{
  g_autofree char *base_name = g_path_get_basename (bundle_name);
  g_autofree char *folded_name = g_ascii_strdown (base_name, -1);
  gboolean is_support_center =
      traits->support_center
      || find_parts (folded_name, support_center_parts, G_N_ELEMENTS (support_center_parts)) != 0;

  if (count_bits (traits->one_data_collector) >= 2
      || (traits->one_data_collector != 0 && strstr (folded_name, "_collecteddata") != NULL))
    return COT_LAYOUT_ONE_DATA_COLLECTOR;
  if (count_bits (traits->collect_all_logs) >= 2)
    return COT_LAYOUT_COLLECT_ALL_LOGS;
  if (traits->n_flattened >= 2)
    return COT_LAYOUT_INTUNE;
  if (has_numbered_folders (labels, n_labels))
    return COT_LAYOUT_INTUNE_NUMBERED;
  if (count_bits (traits->mdm) >= 2)
    return COT_LAYOUT_MDM_DIAGNOSTICS;
  if (is_support_center && traits->n_client > 0)
    return COT_LAYOUT_SUPPORT_CENTER;
  /* Such a folder is full of them: a bundle of all sorts is none. */
  if (traits->n_site_server >= MIN_LOGS && traits->n_site_server > n_labels / 2)
    return COT_LAYOUT_SITE_SERVER;
  if (traits->n_client >= MIN_LOGS && traits->n_client > n_labels / 2)
    return traits->n_site_server > 0 ? COT_LAYOUT_CLIENT_AND_SERVER : COT_LAYOUT_CLIENT_LOGS;
  return COT_LAYOUT_GENERIC;
}

/* How many bytes in front of all labels are the same folders; @device: what the last one of them
 * that is named after a computer says. */
static gsize
skip_common_folders (const char *const *labels, guint n_labels, char **device)
{
  gsize n_common = 0;

  while (n_labels > 0)
    {
      const char *slash = strchr (labels[0] + n_common, '/');
      gsize n = slash != NULL ? (gsize) (slash + 1 - labels[0]) : 0;
      g_autofree char *name = NULL;
      char *found;
      gboolean is_strong;

      for (guint i = 1; n > 0 && i < n_labels; i++)
        if (strncmp (labels[i], labels[0], n) != 0)
          n = 0;
      if (n == 0)
        break;
      name = g_strndup (labels[0] + n_common, n - 1 - n_common);
      found = cot_member_guess_device_by_name (name, &is_strong);
      if (found != NULL)
        {
          g_free (*device);
          *device = found;
        }
      n_common = n;
    }
  return n_common;
}

static void
root_free (Root *root)
{
  g_free (root->device);
  g_free (root);
}

static Root *
root_new (const char *name, gboolean is_folder)
{
  Root *root = g_new0 (Root, 1);
  gsize n = strlen (name);
  gboolean is_archive = cot_folder_name_is_archive (name, n);

  if (!is_folder && !is_archive)
    return root;
  root->device = cot_folder_name_guess_device (name, n, &root->is_believed);
  if (!root->is_believed && cot_folder_name_is_kind (name, n))
    g_clear_pointer (&root->device, g_free);
  /* People put an archive of one computer's logs under its name, and a number in it makes it one;
   * a folder may be named after anything. */
  root->is_believed |= is_archive && root->device != NULL;
  return root;
}

/* The folder or file of each label at one level; labels of one root point to the same. */
static Root **
find_roots (GHashTable *roots, const char *const *labels, guint n_labels, gsize n_common)
{
  Root **of_labels = g_new0 (Root *, n_labels + 1);

  for (guint i = 0; i < n_labels; i++)
    {
      const char *name = labels[i] + n_common;
      gsize n = strcspn (name, "/");
      g_autofree char *key = g_strndup (name, n);
      Root *root = g_hash_table_lookup (roots, key);

      if (root == NULL)
        {
          root = root_new (key, name[n] == '/');
          g_hash_table_insert (roots, g_steal_pointer (&key), root);
        }
      if (root->device != NULL && !root->is_believed)
        root->is_believed = guess_group (labels[i]) != COT_MEMBER_GROUP_OTHER;
      of_labels[i] = root;
    }
  return of_labels;
}

/* Upper and lower case are the same; NULL where there are too many already. */
static const char *
intern_device (GPtrArray *devices, GHashTable *known, const char *device)
{
  g_autofree char *folded = g_ascii_strdown (device, -1);
  const char *found = g_hash_table_lookup (known, folded);

  if (found != NULL || devices->len >= MAX_DEVICES)
    return found;
  g_ptr_array_add (devices, g_strdup (device));
  found = g_ptr_array_index (devices, devices->len - 1);
  g_hash_table_insert (known, g_steal_pointer (&folded), (gpointer) found);
  return found;
}

/* What a collector wrote into the name of the whole is believed. */
static gboolean
is_named_by_collector (const char *bundle_name)
{
  gboolean is_strong;
  g_autofree char *device = cot_member_guess_device_by_name (bundle_name, &is_strong);

  return is_strong;
}

/* The computer of each label, by what stands in the folders, and by their names. */
static const char **
find_device_of_labels (CotLayoutGuess *guess, const char *bundle_name, const char *const *labels,
                       guint n_labels, gsize n_common, gboolean *has_doubtful)
{
  g_autoptr (GHashTable) roots =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) root_free);
  g_autofree Root **of_labels = find_roots (roots, labels, n_labels, n_common);
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) found = g_ptr_array_new_full (n_labels, g_free);
  const char **device_of = g_new0 (const char *, n_labels + 1);

  g_ptr_array_set_size (found, (int) n_labels);
  if (!is_named_by_collector (bundle_name))
    cot_layout_find_owners (labels, n_labels, (char **) found->pdata, has_doubtful);
  for (guint i = 0; i < n_labels; i++)
    if (g_ptr_array_index (found, i) != NULL)
      of_labels[i]->is_shared = TRUE;
  for (guint i = 0; i < n_labels; i++)
    {
      const char *device = g_ptr_array_index (found, i);

      if (device == NULL && of_labels[i]->is_believed && !of_labels[i]->is_shared)
        device = of_labels[i]->device;
      if (device != NULL)
        device_of[i] = intern_device (guess->devices, known, device);
    }
  return device_of;
}

/* Two computers or more make a bundle of several devices; one is only a name. */
static void
find_devices (CotLayoutGuess *guess, const char *bundle_name, const char *const *labels,
              guint n_labels)
{
  g_autofree char *common = NULL;
  gsize n_common = skip_common_folders (labels, n_labels, &common);
  gboolean has_doubtful = FALSE;
  g_autofree const char **device_of =
      find_device_of_labels (guess, bundle_name, labels, n_labels, n_common, &has_doubtful);
  g_autofree char *device = NULL;

  if (guess->devices->len >= 2)
    {
      guess->device_of = g_steal_pointer (&device_of);
      return;
    }
  if (has_doubtful)
    guess->notes |= COT_LAYOUT_NOTE_DOUBTFUL_ARCHIVE;
  device = cot_member_guess_device (bundle_name, labels, n_labels);
  if (device == NULL)
    device = g_steal_pointer (&common);
  if (device == NULL && guess->devices->len == 1)
    return;
  g_ptr_array_set_size (guess->devices, 0);
  if (device != NULL)
    g_ptr_array_add (guess->devices, g_steal_pointer (&device));
}

/**
 * cot_layout_guess:
 * @bundle_name: the path of the bundle
 * @labels: (array length=n_labels): the labels of its members
 * @n_labels: how many
 *
 * Looks at the names alone. Any thread.
 *
 * Returns: (transfer full): what they say of the bundle
 */
CotLayoutGuess *
cot_layout_guess (const char *bundle_name, const char *const *labels, guint n_labels)
{
  CotLayoutGuess *guess = g_new0 (CotLayoutGuess, 1);
  Traits traits = { 0 };

  guess->devices = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < n_labels; i++)
    look_at_label (&traits, labels[i]);
  find_devices (guess, bundle_name, labels, n_labels);
  guess->layout = guess->device_of != NULL ? COT_LAYOUT_SEVERAL_DEVICES
                                           : guess_layout (&traits, bundle_name, labels, n_labels);
  guess->notes |= traits.notes;
  /* Any program may write a file of that name. */
  if (guess->layout != COT_LAYOUT_INTUNE && guess->layout != COT_LAYOUT_INTUNE_NUMBERED
      && guess->layout != COT_LAYOUT_SEVERAL_DEVICES)
    guess->notes &= ~(guint) COT_LAYOUT_NOTE_UPLOAD_TOKEN;
  return guess;
}

/**
 * cot_layout_guess_free:
 * @guess: (transfer full): a guess
 */
void
cot_layout_guess_free (CotLayoutGuess *guess)
{
  g_ptr_array_unref (guess->devices);
  g_free (guess->device_of);
  g_free (guess);
}
