/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Values by the names of folders and archives: people and collectors name them by the computer or
 * by who sent them, and no line of a log need say so. What is made of words that all folders are
 * made of names nobody; of a folder anything else is taken for a name, of an archive what looks
 * like that of a computer, or all of it. */

#include "cot-mask-private.h"

#include <string.h>

#define MIN_NAME_BYTES 3
#define MAX_NAME_BYTES 128
/* Fewer digits may be the number that makes it the name of a computer. */
#define MIN_ID_BYTES 8

/* In lower case; without the numbers that may follow them. */
static const char folder_words[]
    = " admin adminstudio after all am amd and appcompat appdata applications appworkload apr"
      " april archive archived archives arm assembly attachment attachments aug august"
      " autopilot backup backups bad bak before bin bitlocker branch broken bundle bundles by"
      " bypass cab cabs capture captures case cases catroot cbs ccm ccmcache ccmlogs ccmsetup"
      " cert certs clean client clientlogs cloud cmg cmtrace co codeintegrity collect collected"
      " collecteddata collection collector comanagement command commands common compressed"
      " config configmgr configurationmanager copy cotrace crash crashes csc customer d dat"
      " data day debug dec december defender delivery deliveryoptimization demo deploymentlogs"
      " deviceinventory diag diaglogs diagnostic diagnostics diags dir dism documents dosvc"
      " downloaded downloads dp driver drivers driverstore dsreg dsregcmd dump dumps endpoint"
      " enrollments enterprise errors etc etl event eventlog eventlogs events evtx example"
      " examples export exported exports extract extracted failing feb february file files"
      " final firewall first folder folderfiles folders foldersfiles fonts for friday from"
      " ftpsvc gc good gpo gpresult gpsvc healthy help hinv http httperr i iis ime imecache in"
      " incident incidents inetpub inf installer intel intune intuneagent"
      " intunemanagementextension inventory ipv is issue issues it jan january jul july jun"
      " june kb ko last latest lenovo local locallow log logfile logfiles logs lzx mar march"
      " mdm mdmdiag mdmdiagnostics mdmdiagnosticstool mdmdiagreport mdmlogs memory microsoft"
      " misc monday month mp msi msinfo my net netlogon netsetup networklist networkprofile"
      " networkprofiles new newer newos nmr no not nov november o oct october odc of office ok"
      " old older on one onedrive optimization os osd other others out output outputs package"
      " packages panther part parts perflogs perfmon performance pm policies prefetch problem"
      " process processes program programdata programfiles programs provisioning psadt r raw"
      " registry registrykey registrykeys reporting reportingevents reports repository repro"
      " resources result resultreport results rev rollback root rsop run s sample samples"
      " saturday sccm second sep sept september serverlogs service services setup setupact sinv"
      " sms smsexec smslogs smsts smtpsvc softwaredistribution softwareinventory sources spool"
      " statemessages store sunday sup support supportcenter sysprep system systeminfo"
      " systemprofile systemtemp sysvol syswow tasks taskscheduler temp third this thursday"
      " ticket tickets time tmp to today tpm trace traces transcripts tuesday txt unattend"
      " unattendgc unpacked unzipped updates usersupport usoshared util v various ver w w3svc"
      " warning was wbem wednesday week wer windir windows windowsdefender windowsfirewall"
      " windowsupdate winevt winrm winsxs with wlan wlanreport wmi wof workgroup working wow"
      " wsus x xml y year yesterday z zip zips ";

/* Kinds of computers: a name begins or ends with one, and is no name by it alone. */
static const char kind_words[]
    = " computer desktop dt host lap laptop lt mac machine nb notebook pc server srv surface"
      " tab tablet thinkpad vdi virtual vm w wks workstation ws ";

typedef enum
{
  PART_NUMBER,
  PART_KNOWN,
  PART_KIND,
  PART_NAME,
} PartKind;

typedef struct
{
  const char *start;
  gsize n;
} Piece;

static gboolean
is_part (char c)
{
  return g_ascii_isalnum (c) || (guchar) c >= 0x80;
}

static gboolean
is_among (const char *list, const char *word, gsize n)
{
  char key[32];

  if (n == 0 || n > sizeof key - 3)
    return FALSE;
  key[0] = ' ';
  for (gsize i = 0; i < n; i++)
    key[i + 1] = g_ascii_tolower (word[i]);
  key[n + 1] = ' ';
  key[n + 2] = '\0';
  return strstr (list, key) != NULL;
}

static gboolean
is_known (const char *word, gsize n)
{
  return is_among (folder_words, word, n) || cot_mask_is_common (word, n)
         || cot_mask_is_account (word, n) || cot_mask_is_root (word, n);
}

/* "ClientLogs": all of its words. */
static gboolean
has_known_words (const char *text, gsize n)
{
  gsize start = 0;

  for (gsize i = 1; i <= n; i++)
    {
      if (i < n && (!g_ascii_isupper (text[i]) || !g_ascii_islower (text[i - 1])))
        continue;
      if (i - start < 2 || !is_known (text + start, i - start))
        return FALSE;
      start = i;
    }
  return TRUE;
}

static gboolean
is_hex (const char *text, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (!g_ascii_isxdigit (text[i]))
      return FALSE;
  return n >= MIN_ID_BYTES;
}

/* "20241118", "T101112Z" */
static gboolean
is_number (const char *text, gsize n)
{
  gsize n_digits = 0;

  for (gsize i = 0; i < n; i++)
    {
      n_digits += g_ascii_isdigit (text[i]) ? 1 : 0;
      if (!g_ascii_isdigit (text[i]) && text[i] != 'T' && text[i] != 'Z')
        return FALSE;
    }
  return n_digits > 0;
}

static PartKind
get_kind (Piece piece)
{
  gsize n = piece.n;

  if (is_number (piece.start, n))
    return PART_NUMBER;
  if (is_among (kind_words, piece.start, n))
    return PART_KIND;
  if (n == 1 || is_known (piece.start, n) || has_known_words (piece.start, n)
      || is_hex (piece.start, n))
    return PART_KNOWN;
  /* "part2", but "client7" may be a computer. */
  while (n > 0 && g_ascii_isdigit (piece.start[n - 1]))
    n--;
  return n < piece.n && !is_among (kind_words, piece.start, n)
                 && is_among (folder_words, piece.start, n) && !cot_mask_is_common (piece.start, n)
             ? PART_KNOWN
             : PART_NAME;
}

static gboolean
next_piece (const char *text, gsize n, gsize *at, Piece *piece)
{
  while (*at < n && !is_part (text[*at]))
    (*at)++;
  piece->start = text + *at;
  while (*at < n && is_part (text[*at]))
    (*at)++;
  piece->n = (gsize) (text + *at - piece->start);
  return piece->n > 0;
}

/* From the first piece that is a name, or is of @also, to the last one. Empty: there is none. */
static Piece
trim (const char *text, gsize n, PartKind also, gboolean *has_name)
{
  Piece piece;
  Piece whole = { NULL, 0 };
  gsize at = 0;

  *has_name = FALSE;
  while (next_piece (text, n, &at, &piece))
    {
      PartKind kind = get_kind (piece);

      *has_name = *has_name || kind == PART_NAME;
      if (kind < also)
        continue;
      if (whole.start == NULL)
        whole.start = piece.start;
      whole.n = (gsize) (piece.start + piece.n - whole.start);
    }
  return whole;
}

/* "lt-0042", "pc-a": the number behind it belongs to it. */
static Piece
with_number (const char *text, gsize n, Piece name)
{
  Piece piece;
  gsize at = (gsize) (name.start + name.n - text);
  gsize end = at;

  if (at < n && text[at] == '-' && next_piece (text, n, &at, &piece)
      && piece.start == text + end + 1
      && (piece.n == 1 || is_number (piece.start, piece.n)) && piece.n < MIN_ID_BYTES)
    name.n = (gsize) (piece.start + piece.n - name.start);
  return name;
}

static gboolean
is_worth (Piece piece)
{
  return piece.n >= MIN_NAME_BYTES && piece.n <= MAX_NAME_BYTES
         && !(piece.n == 36 && cot_mask_is_guid (piece.start, piece.n));
}

static gboolean
has_digit (Piece piece)
{
  for (gsize i = 0; i < piece.n; i++)
    if (g_ascii_isdigit (piece.start[i]))
      return TRUE;
  return FALSE;
}

static void
learn_name (CotMask *self, const char *text, gsize n)
{
  gboolean has_name;
  Piece device = trim (text, n, PART_KIND, &has_name);
  Piece user = trim (text, n, PART_NAME, &has_name);
  Piece numbered;

  if (device.start == NULL)
    return;
  numbered = with_number (text, n, device);
  /* A kind alone is nobody's, "laptop-12" is. */
  if (!has_name && numbered.n == device.n)
    return;
  if (is_worth (numbered))
    cot_mask_add_device (self, numbered.start, numbered.n);
  if (has_name && numbered.n != device.n && is_worth (device))
    cot_mask_add_device (self, device.start, device.n);
  /* Whose laptop it is. */
  if (has_name && user.n < device.n && is_worth (user) && !has_digit (user))
    cot_mask_add_user (self, user.start, user.n);
}

/* "PC0042", "LAPTOP", "ABERG01": by itself, and not for where it stands. */
static gboolean
looks_like_device (const char *text, gsize n)
{
  Piece piece;
  gsize at = 0;

  while (next_piece (text, n, &at, &piece))
    {
      PartKind kind = get_kind (piece);

      if (kind == PART_KIND || (kind == PART_NAME && has_digit (piece)))
        return TRUE;
    }
  return FALSE;
}

/* An archive may be called after anything: of its words, which blanks part, only those are names
 * that look like one. What the logs say to be a name is masked in it all the same. */
static void
learn_archive (CotMask *self, const char *text, gsize n)
{
  for (gsize start = 0; start < n;)
    {
      const char *blank = memchr (text + start, ' ', n - start);
      gsize end = blank != NULL ? (gsize) (blank - text) : n;

      if (looks_like_device (text + start, end - start))
        learn_name (self, text + start, end - start);
      start = end + 1;
    }
}

static gsize
skip_archive_ending (const char *text, gsize n)
{
  static const char *const endings[] = { ".zip", ".cab", ".gz", ".7z", ".rar" };

  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      gsize n_ending = strlen (endings[i]);

      if (n > n_ending && g_ascii_strncasecmp (text + n - n_ending, endings[i], n_ending) == 0)
        return n - n_ending;
    }
  return n;
}

/* "(12) RegistryKey HKLM_Software_Contoso": what a collector names after what it collected. */
static gboolean
is_numbered_item (const char *text, gsize n)
{
  gsize i = 1;

  if (n < 4 || text[0] != '(')
    return FALSE;
  while (i < n && g_ascii_isdigit (text[i]))
    i++;
  return i > 1 && i + 1 < n && text[i] == ')' && text[i + 1] == ' ';
}

static gboolean
is_same (const char *text, gsize n, const char *word)
{
  return n == strlen (word) && g_ascii_strncasecmp (text, word, n) == 0;
}

static gboolean
has_name (const char *text, gsize n)
{
  Piece piece;
  gsize at = 0;

  while (next_piece (text, n, &at, &piece))
    if (get_kind (piece) == PART_NAME)
      return TRUE;
  return FALSE;
}

static void
learn_folder (CotMask *self, const char *text, gsize length_bytes, gboolean in_profiles)
{
  gsize n = skip_archive_ending (text, length_bytes);

  if (n < length_bytes && !in_profiles)
    {
      learn_archive (self, text, n);
      /* "jane.doe-logs.zip": of no word in it can be told whether it names somebody. */
      if (has_name (text, n) && !looks_like_device (text, n))
        cot_mask_add_value (self, COT_MASK_BUNDLE, text, length_bytes, TRUE);
    }
  else if (in_profiles && !is_same (text, n, "All Users") && !is_same (text, n, "Default User"))
    cot_mask_add_user (self, text, n);
  else if (!in_profiles && !is_numbered_item (text, n))
    learn_name (self, text, n);
}

/* A file keeps its name; but a computer's name in it is told by the word it begins with. */
static void
learn_file (CotMask *self, const char *text, gsize n)
{
  const char *dot = memrchr (text, '.', n);
  Piece first;
  Piece second;
  gsize at = 0;

  if (skip_archive_ending (text, n) < n)
    {
      learn_folder (self, text, n, FALSE);
      return;
    }
  if (dot != NULL)
    n = (gsize) (dot - text);
  if (next_piece (text, n, &at, &first) && get_kind (first) == PART_KIND && at < n
      && text[at] == '-' && next_piece (text, n, &at, &second))
    learn_name (self, text, n);
}

/**
 * cot_mask_learn_path:
 * @self: a mask
 * @path: where a file is in a bundle, or the name of a bundle; UTF-8
 * @is_folder: its last part is a folder or an archive, too
 *
 * Notes the names of computers and people in it: of an archive, and of the bundle itself, only what
 * looks like one. An archive inside with words that may be names is one itself; for the bundle see
 * cot_mask_add_title().
 */
void
cot_mask_learn_path (CotMask *self, const char *path, gboolean is_folder)
{
  gboolean in_profiles = FALSE;

  for (;;)
    {
      gsize n = strcspn (path, "/\\");

      if (path[n] == '\0' && !is_folder)
        {
          learn_file (self, path, n);
          return;
        }
      if (path[n] == '\0' && !in_profiles)
        learn_archive (self, path, skip_archive_ending (path, n));
      else
        learn_folder (self, path, n, in_profiles);
      in_profiles = is_same (path, n, "Users") || is_same (path, n, "Documents and Settings");
      if (path[n] == '\0')
        return;
      path += n + 1;
    }
}

/**
 * cot_mask_learn_file:
 * @self: a mask
 * @name: the name of a file
 * @known: what the log is called by everybody, without its ending
 *
 * Notes the name in front of that, or behind it: "LT-ANNA_ccmsetup.log".
 */
void
cot_mask_learn_file (CotMask *self, const char *name, const char *known)
{
  const char *dot = strrchr (name, '.');
  gsize n = dot != NULL ? (gsize) (dot - name) : strlen (name);
  gsize n_known = strlen (known);

  for (gsize i = 0; n_known > 0 && i + n_known <= n; i++)
    {
      gsize end = i + n_known;

      if (g_ascii_strncasecmp (name + i, known, n_known) != 0 || (i > 0 && is_part (name[i - 1]))
          || (end < n && is_part (name[end])))
        continue;
      learn_name (self, name, i);
      learn_name (self, name + end, n - end);
      return;
    }
}
