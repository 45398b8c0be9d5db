/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-unpacker.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bundle-helper.h"
#include "zip-maker.h"

#define TEXT "<![LOG[Contoso]LOG]!>\r\n"

static void
put_frame (GByteArray *into, CotUnpackType type, const void *payload, guint32 length_bytes)
{
  guint8 header[COT_UNPACK_HEADER_BYTES];

  cot_unpack_write_header (header, type, length_bytes);
  g_byte_array_append (into, header, sizeof header);
  g_byte_array_append (into, payload, length_bytes);
}

static void
put_hello (GByteArray *into)
{
  guint8 magic[4];

  cot_unpack_put_u32 (magic, COT_UNPACK_MAGIC);
  put_frame (into, COT_UNPACK_HELLO, magic, sizeof magic);
}

static void
put_pair (GByteArray *into, CotUnpackType type, guint32 status, guint32 value)
{
  guint8 pair[8];

  cot_unpack_put_u32 (pair, status);
  cot_unpack_put_u32 (pair + 4, value);
  put_frame (into, type, pair, sizeof pair);
}

static void
put_entry (GByteArray *into, guint32 index, guint64 size_bytes, const char *label,
           guint32 label_bytes)
{
  g_autoptr (GByteArray) payload = g_byte_array_new ();
  CotUnpackEntry entry = { .index = index, .size_bytes = size_bytes,
                           .modified_usec = COT_UNPACK_TIME_NONE };

  g_byte_array_set_size (payload, COT_UNPACK_ENTRY_BYTES);
  cot_unpack_write_entry (payload->data, &entry);
  g_byte_array_append (payload, (const guint8 *) label, label_bytes);
  put_frame (into, COT_UNPACK_ENTRY, payload->data, payload->len);
}

static void
put_shared (GByteArray *into, guint32 n_bytes)
{
  guint8 payload[4];

  cot_unpack_put_u32 (payload, n_bytes);
  put_frame (into, COT_UNPACK_SHARED, payload, sizeof payload);
}

/* What the fake worker does, step by step; see there. */
static GByteArray *
begin_script (void)
{
  return g_byte_array_new ();
}

static void
put_step (GByteArray *script, char step)
{
  g_byte_array_append (script, (const guint8 *) &step, 1);
}

/* Takes the @words. */
static void
put_words (GByteArray *script, GByteArray *words)
{
  guint8 length[4];

  cot_unpack_put_u32 (length, words->len);
  put_step (script, 's');
  g_byte_array_append (script, length, sizeof length);
  g_byte_array_append (script, words->data, words->len);
  g_byte_array_unref (words);
}

static void
put_greeting (GByteArray *script)
{
  GByteArray *words = g_byte_array_new ();

  put_hello (words);
  put_words (script, words);
}

/* Greets and lists two members of 10 bytes. */
static void
put_good_beginning (GByteArray *script)
{
  GByteArray *words = g_byte_array_new ();

  put_greeting (script);
  put_step (script, 'w');
  put_entry (words, 0, 10, "a.log", 5);
  put_entry (words, 1, 10, "b.log", 5);
  put_pair (words, COT_UNPACK_LISTED, COT_UNPACK_OK, 2);
  put_words (script, words);
}

static void
use_worker (const char *name)
{
  g_autofree char *program = bundle_helper_find_program (name);

  cot_unpacker_set_program (program);
}

/* Opens the script as if it was an archive. Takes it. */
static CotBundle *
open_script (GByteArray *script, GError **error)
{
  use_worker ("fake-worker");
  return bundle_helper_open (script, error);
}

static void
assert_worker_error (GByteArray *script, const char *part)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CotBundle) bundle = open_script (script, &error);

  g_assert_null (bundle);
  g_assert_error (error, COT_BUNDLE_ERROR, COT_BUNDLE_ERROR_WORKER);
  if (strstr (error->message, part) == NULL)
    g_test_fail_printf ("\"%s\" does not say \"%s\"", error->message, part);
}

static GByteArray *
make_script (const char *steps)
{
  GByteArray *script = begin_script ();

  g_byte_array_append (script, (const guint8 *) steps, (guint) strlen (steps));
  return script;
}

static void
test_no_program (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CotBundle) bundle = NULL;

  cot_unpacker_set_program ("/nowhere/cotrace-unpack");
  bundle = bundle_helper_open (make_script ("e"), &error);
  g_assert_null (bundle);
  g_assert_error (error, COT_BUNDLE_ERROR, COT_BUNDLE_ERROR_WORKER);
}

static void
test_ends (void)
{
  GByteArray *script;

  assert_worker_error (make_script ("e"), "ended");
  assert_worker_error (make_script ("k"), "signal 11");
  assert_worker_error (make_script ("7"), "lock itself in");
  script = begin_script ();
  put_greeting (script);
  put_step (script, 'w');
  put_step (script, 'k');
  assert_worker_error (script, "signal 11");
  /* With a question in the air that nobody reads */
  script = begin_script ();
  put_greeting (script);
  put_step (script, 'e');
  assert_worker_error (script, "ended");
}

static void
test_hangs (void)
{
  GByteArray *script = begin_script ();

  cot_unpacker_set_patience (50);
  assert_worker_error (make_script ("h"), "did not answer");
  put_greeting (script);
  put_step (script, 'h');
  assert_worker_error (script, "did not answer");
  cot_unpacker_set_patience (0);
}

/* The first thing that must not be said ends it, so the worker is never waited for. */
static void
test_says_what_it_must_not (void)
{
  GByteArray *script = begin_script ();
  GByteArray *words = g_byte_array_new ();

  g_byte_array_append (words, (const guint8 *) "HTTP/1.1 200 OK\r\n\r\n", 19);
  put_words (script, words);
  put_step (script, 'h');
  assert_worker_error (script, "must not");

  /* An answer before the question */
  script = begin_script ();
  words = g_byte_array_new ();
  put_hello (words);
  put_pair (words, COT_UNPACK_LISTED, COT_UNPACK_OK, 0);
  put_words (script, words);
  put_step (script, 'h');
  assert_worker_error (script, "nobody asked for");
}

static gboolean
count_entry (const CotUnpackEntry *entry, gpointer data, GError **error)
{
  guint *n = data;

  (*n)++;
  return TRUE;
}

/* Takes the archive. */
static CotUnpacker *
start_worker (GByteArray *archive, GCancellable *cancellable, GError **error)
{
  char *path = bundle_helper_write (archive->data, archive->len, "archive.zip");
  int fd = g_open (path, O_RDONLY | O_CLOEXEC);
  CotUnpacker *unpacker;

  g_assert_cmpint (fd, >=, 0);
  unpacker = cot_unpacker_new (fd, cancellable, error);
  close (fd);
  bundle_helper_remove (path);
  g_byte_array_unref (archive);
  return unpacker;
}

static GByteArray *
make_archive (void)
{
  ZipMaker *maker = zip_maker_new ();

  zip_maker_add_text (maker, "a.log", TEXT);
  zip_maker_add_text (maker, "b.log", TEXT TEXT);
  return zip_maker_finish (maker, NULL);
}

static void
test_list_and_read (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (CotUnpacker) unpacker = NULL;
  CotUnpackStatus status = COT_UNPACK_BROKEN;
  CotSpool *spool = cot_spool_new ();
  guint n = 0;

  use_worker ("unpack-killing");
  unpacker = start_worker (make_archive (), NULL, &error);
  g_assert_no_error (error);
  g_assert_true (cot_unpacker_list (unpacker, count_entry, &n, &status, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, COT_UNPACK_OK);
  g_assert_cmpuint (n, ==, 2);
  /* With a cancellable that is never used */
  g_assert_true (cot_unpacker_read (unpacker, 1, strlen (TEXT TEXT), spool, &status, cancellable,
                                    &error));
  g_assert_cmpint (status, ==, COT_UNPACK_OK);
  g_assert_cmpuint (cot_spool_get_size (spool), ==, strlen (TEXT TEXT));
  cot_spool_free (spool);
}

/* What the worker must not be asked ends it, and every later question says so. */
static void
test_wrong_index (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) again = NULL;
  g_autoptr (CotUnpacker) unpacker = NULL;
  CotUnpackStatus status;
  CotSpool *spool = cot_spool_new ();
  guint n = 0;

  use_worker ("unpack-killing");
  unpacker = start_worker (make_archive (), NULL, &error);
  g_assert_no_error (error);
  cot_unpacker_list (unpacker, count_entry, &n, &status, NULL, &error);
  g_assert_false (cot_unpacker_read (unpacker, 2, 10, spool, &status, NULL, &error));
  g_assert_error (error, COT_BUNDLE_ERROR, COT_BUNDLE_ERROR_WORKER);
  g_assert_false (cot_unpacker_read (unpacker, 0, 10, spool, &status, NULL, &again));
  g_assert_error (again, COT_BUNDLE_ERROR, COT_BUNDLE_ERROR_WORKER);
  cot_spool_free (spool);
}

/* A pass phrase belongs to a list; and it is no answer, so the next question gets its own. */
static void
test_pass_phrase (void)
{
  g_autofree char *longest = g_strnfill (COT_UNPACK_MAX_PASS_PHRASE_BYTES, 'x');
  g_autoptr (GError) error = NULL;
  g_autoptr (CotUnpacker) unpacker = NULL;
  g_autoptr (CotUnpacker) early = NULL;
  CotUnpackStatus status;
  CotSpool *spool = cot_spool_new ();
  guint n = 0;

  use_worker ("unpack-killing");
  unpacker = start_worker (make_archive (), NULL, &error);
  g_assert_no_error (error);
  g_assert_true (cot_unpacker_list (unpacker, count_entry, &n, &status, NULL, &error));
  g_assert_cmpuint (cot_unpacker_get_pass_phrase_number (unpacker), ==, 0);
  g_assert_true (cot_unpacker_set_pass_phrase (unpacker, "x", 1, &error));
  g_assert_true (cot_unpacker_set_pass_phrase (unpacker, longest, 2, &error));
  g_assert_cmpuint (cot_unpacker_get_pass_phrase_number (unpacker), ==, 2);
  g_assert_true (cot_unpacker_read (unpacker, 0, strlen (TEXT), spool, &status, NULL, &error));
  g_assert_cmpint (status, ==, COT_UNPACK_OK);
  g_assert_cmpuint (cot_spool_get_size (spool), ==, strlen (TEXT));
  cot_spool_free (spool);

  early = start_worker (make_archive (), NULL, &error);
  g_assert_no_error (error);
  cot_unpacker_set_pass_phrase (early, "x", 1, NULL);
  g_assert_false (cot_unpacker_list (early, count_entry, &n, &status, NULL, &error));
  g_assert_error (error, COT_BUNDLE_ERROR, COT_BUNDLE_ERROR_WORKER);
}

static void
assert_lost (CotBundle *bundle, guint index)
{
  bundle_helper_assert_refused (bundle, index, COT_BUNDLE_ERROR_WORKER);
}

/* The worker's fault costs that member, which says why; the list stays. */
static void
assert_fault_while_reading (GByteArray *script)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CotBundle) bundle = open_script (script, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (cot_bundle_get_n_members (bundle), ==, 2);
  assert_lost (bundle, 1);
  assert_lost (bundle, 0);
  assert_lost (bundle, 1);
  g_assert_cmpstr (cot_bundle_get_member (bundle, 0)->label, ==, "a.log");
}

static void
test_fault_while_reading (void)
{
  GByteArray *script = begin_script ();
  GByteArray *words = g_byte_array_new ();

  put_good_beginning (script);
  put_step (script, 'w');
  put_frame (words, COT_UNPACK_DATA, "12345", 5);
  put_words (script, words);
  put_step (script, 'k');
  assert_fault_while_reading (script);

  /* While nobody asked it anything */
  script = begin_script ();
  put_good_beginning (script);
  put_step (script, 'e');
  assert_fault_while_reading (script);

  /* More than the member has */
  script = begin_script ();
  words = g_byte_array_new ();
  put_good_beginning (script);
  put_step (script, 'w');
  put_frame (words, COT_UNPACK_DATA, "123456", 6);
  put_frame (words, COT_UNPACK_DATA, "123456", 6);
  put_words (script, words);
  put_step (script, 'h');
  assert_fault_while_reading (script);

  /* The same in the shared memory */
  script = begin_script ();
  words = g_byte_array_new ();
  put_good_beginning (script);
  put_step (script, 'w');
  put_shared (words, 11);
  put_words (script, words);
  put_step (script, 'h');
  assert_fault_while_reading (script);

  /* Silence in the middle */
  script = begin_script ();
  words = g_byte_array_new ();
  put_good_beginning (script);
  put_step (script, 'w');
  put_frame (words, COT_UNPACK_DATA, "123456", 6);
  put_words (script, words);
  put_step (script, 'h');
  cot_unpacker_set_patience (50);
  assert_fault_while_reading (script);
  cot_unpacker_set_patience (0);
}

/* What the worker does to the memory later does not change what was read. */
static void
test_shared (void)
{
  static const char before[] = "p\012\000\000\000" "0123456789";
  static const char after[] = "p\012\000\000\000" "??????????";
  g_autoptr (GError) error = NULL;
  g_autoptr (CotBundle) bundle = NULL;
  g_autoptr (CotSource) first = NULL;
  GByteArray *script = begin_script ();
  GByteArray *words = g_byte_array_new ();
  char text[10];
  gsize n_read;

  put_good_beginning (script);
  put_step (script, 'w');
  g_byte_array_append (script, (const guint8 *) before, sizeof before - 1);
  put_shared (words, 10);
  put_pair (words, COT_UNPACK_END, COT_UNPACK_OK, 0);
  put_words (script, words);
  put_step (script, 'w');
  g_byte_array_append (script, (const guint8 *) after, sizeof after - 1);
  words = g_byte_array_new ();
  put_shared (words, 10);
  put_pair (words, COT_UNPACK_END, COT_UNPACK_OK, 0);
  put_words (script, words);
  put_step (script, 'h');
  bundle = open_script (script, &error);
  g_assert_no_error (error);
  first = cot_bundle_read_member (bundle, 0, NULL, &error);
  g_assert_no_error (error);
  bundle_helper_assert_text (bundle, 1, "??????????");
  g_assert_true (cot_source_read (first, 0, text, sizeof text, &n_read, NULL));
  g_assert_cmpmem (text, n_read, "0123456789", 10);
}

/* Serves what it is asked for first, with six bytes, and dies at the next question. */
static GByteArray *
make_mortal (char end)
{
  GByteArray *script = begin_script ();
  GByteArray *words = g_byte_array_new ();

  put_good_beginning (script);
  put_step (script, 'w');
  put_frame (words, COT_UNPACK_DATA, "123456", 6);
  put_pair (words, COT_UNPACK_END, COT_UNPACK_BROKEN, 0);
  put_words (script, words);
  put_step (script, 'w');
  put_step (script, end);
  return script;
}

/* What one member did to a worker costs that member, and not the others; a third time is one too
 * many. */
static void
test_rest_stays (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CotBundle) bundle = open_script (make_mortal ('k'), &error);

  g_assert_no_error (error);
  bundle_helper_assert_text (bundle, 0, "123456");
  assert_lost (bundle, 1);
  bundle_helper_assert_text (bundle, 0, "123456");
  g_assert_null (bundle_helper_read (bundle, 0, NULL, &error));
  g_assert_error (error, COT_BUNDLE_ERROR, COT_BUNDLE_ERROR_WORKER);
}

/* A worker that has done its part is replaced before it can fail: the processor time that it may
 * have is for one member, not for all of a large bundle. */
static void
test_worn (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CotBundle) bundle = open_script (make_mortal ('k'), &error);

  g_assert_no_error (error);
  cot_unpacker_set_endurance (6);
  for (guint i = 0; i < 5; i++)
    bundle_helper_assert_text (bundle, i % 2, "123456");
  cot_unpacker_set_endurance (0);
}

static void
test_cancelled_before (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (CotUnpacker) unpacker = NULL;

  g_cancellable_cancel (cancellable);
  use_worker ("unpack-killing");
  unpacker = start_worker (make_archive (), cancellable, &error);
  g_assert_null (unpacker);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* A cancelled answer ends the worker; the next question is answered by a new one. */
static void
test_cancelled_and_again (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (CotBundle) bundle = NULL;
  CotSource *source;

  use_worker ("unpack-killing");
  bundle = bundle_helper_open (make_archive (), &error);
  g_assert_no_error (error);
  g_cancellable_cancel (cancellable);
  source = cot_bundle_read_member (bundle, 1, cancellable, &error);
  g_assert_null (source);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (cot_bundle_dup_member_error (bundle, 1));
  bundle_helper_assert_text (bundle, 1, TEXT TEXT);
  bundle_helper_assert_text (bundle, 0, TEXT);
}

/* The worker that takes the place of a cancelled one must find what the first one listed. */
static void
test_changed_meanwhile (void)
{
  static const char *const others[] = { "a.log", "other.log", "b.log" };

  for (guint n = 1; n <= G_N_ELEMENTS (others); n++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GError) error = NULL;
      g_autoptr (GByteArray) archive = make_archive ();
      g_autoptr (GByteArray) other = NULL;
      g_autoptr (CotBundle) bundle = NULL;
      ZipMaker *maker = zip_maker_new ();
      char *path = bundle_helper_write (archive->data, archive->len, "a.zip");
      FILE *file;

      use_worker ("unpack-killing");
      bundle = cot_bundle_open (path, NULL, &error);
      g_assert_no_error (error);
      g_cancellable_cancel (cancellable);
      g_assert_null (cot_bundle_read_member (bundle, 0, cancellable, NULL));

      for (guint i = 0; i < n; i++)
        zip_maker_add_text (maker, others[i], i == 1 ? TEXT TEXT : TEXT);
      other = zip_maker_finish (maker, NULL);
      file = g_fopen (path, "r+b");
      g_assert_nonnull (file);
      g_assert_cmpuint (fwrite (other->data, 1, other->len, file), ==, other->len);
      fclose (file);
      g_assert_cmpint (truncate (path, other->len), ==, 0);
      bundle_helper_assert_refused (bundle, 0, COT_BUNDLE_ERROR_CORRUPT);
      bundle_helper_remove (path);
    }
}

typedef struct
{
  GCancellable *cancellable;
  pid_t waiting;
} Cancelling;

/* Whether the thread sleeps in the kernel, as it does while it waits for the worker. */
static gboolean
is_asleep (pid_t thread)
{
  g_autofree char *path = g_strdup_printf ("/proc/self/task/%d/stat", (int) thread);
  g_autofree char *text = NULL;
  const char *behind_name;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return FALSE;
  behind_name = strrchr (text, ')');
  return behind_name != NULL && g_str_has_prefix (behind_name, ") S");
}

static gpointer
cancel_when_asleep (gpointer data)
{
  Cancelling *cancelling = data;
  gint64 end = g_get_monotonic_time () + 5 * G_USEC_PER_SEC;

  while (!is_asleep (cancelling->waiting) && g_get_monotonic_time () < end)
    g_thread_yield ();
  g_cancellable_cancel (cancelling->cancellable);
  return NULL;
}

/* Cancelling wakes a wait that would be long. */
static void
test_cancelled_while_waiting (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (CotUnpacker) unpacker = NULL;
  Cancelling cancelling = { cancellable, gettid () };
  GThread *thread;

  use_worker ("fake-worker");
  thread = g_thread_new ("cancel", cancel_when_asleep, &cancelling);
  unpacker = start_worker (make_script ("h"), cancellable, &error);
  g_thread_join (thread);
  g_assert_null (unpacker);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

#define N_READERS 4

static gpointer
read_all (gpointer data)
{
  CotBundle *bundle = data;

  for (guint i = 0; i < 20; i++)
    {
      bundle_helper_assert_text (bundle, 0, TEXT);
      bundle_helper_assert_text (bundle, 1, TEXT TEXT);
    }
  return NULL;
}

static void
test_threads (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CotBundle) bundle = NULL;
  GThread *threads[N_READERS];

  use_worker ("unpack-killing");
  bundle = bundle_helper_open (make_archive (), &error);
  g_assert_no_error (error);
  for (guint i = 0; i < N_READERS; i++)
    threads[i] = g_thread_new ("reader", read_all, bundle);
  for (guint i = 0; i < N_READERS; i++)
    g_thread_join (threads[i]);
}

/* Descriptors and processes do not stay behind. */
static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

/* Whether there is a child, alive or a zombie; a thread takes them from the table. */
static gboolean
has_children (void)
{
  siginfo_t info;

  return waitid (P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) == 0;
}

/* A zip whose only member is an archive again. */
static GByteArray *
make_nested (void)
{
  ZipMaker *maker = zip_maker_new ();
  g_autoptr (GByteArray) inner = make_archive ();

  zip_maker_add (maker, &(ZipEntry) { .name = "inner.zip", .data = inner->data,
                                      .size_bytes = inner->len });
  return zip_maker_finish (maker, NULL);
}

/* One of the ways to use a bundle and to leave it. */
static void
open_and_close (guint way)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (CotBundle) bundle = NULL;
  g_autoptr (GError) error = NULL;

  use_worker (way < 3 ? "unpack-killing" : "fake-worker");
  switch (way)
    {
    case 0:
      bundle = bundle_helper_open (make_archive (), &error);
      bundle_helper_assert_text (bundle, 0, TEXT);
      break;
    case 1:
      bundle = bundle_helper_open (make_nested (), &error);
      bundle_helper_assert_text (bundle, 2, TEXT TEXT);
      break;
    case 2:
      bundle = bundle_helper_open (make_nested (), &error);
      g_cancellable_cancel (cancellable);
      g_assert_null (cot_bundle_read_member (bundle, 1, cancellable, &error));
      break;
    case 3:
      bundle = bundle_helper_open (make_script ("k"), &error);
      break;
    default:
      bundle = open_script (make_mortal ('h'), &error);
      bundle_helper_assert_text (bundle, 0, "123456");
    }
}

static void
test_nothing_stays (void)
{
  gint64 end;
  guint n_before = 0;

  for (guint i = 0; i < 200; i++)
    {
      open_and_close (i % 5);
      if (i == 4)
        n_before = count_files ("/proc/self/fd");
    }
  g_assert_cmpuint (count_files ("/proc/self/fd"), ==, n_before);
  /* Only from here on: on a busy machine all of the above may take longer. */
  end = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;
  while (has_children () && g_get_monotonic_time () < end)
    g_usleep (1000);
  g_assert_false (has_children ());
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/unpacker/no-program", test_no_program);
  g_test_add_func ("/unpacker/ends", test_ends);
  g_test_add_func ("/unpacker/hangs", test_hangs);
  g_test_add_func ("/unpacker/says-what-it-must-not", test_says_what_it_must_not);
  g_test_add_func ("/unpacker/list-and-read", test_list_and_read);
  g_test_add_func ("/unpacker/wrong-index", test_wrong_index);
  g_test_add_func ("/unpacker/pass-phrase", test_pass_phrase);
  g_test_add_func ("/unpacker/fault-while-reading", test_fault_while_reading);
  g_test_add_func ("/unpacker/shared", test_shared);
  g_test_add_func ("/unpacker/rest-stays", test_rest_stays);
  g_test_add_func ("/unpacker/worn", test_worn);
  g_test_add_func ("/unpacker/cancelled-before", test_cancelled_before);
  g_test_add_func ("/unpacker/cancelled-and-again", test_cancelled_and_again);
  g_test_add_func ("/unpacker/changed-meanwhile", test_changed_meanwhile);
  g_test_add_func ("/unpacker/cancelled-while-waiting", test_cancelled_while_waiting);
  g_test_add_func ("/unpacker/threads", test_threads);
  g_test_add_func ("/unpacker/nothing-stays", test_nothing_stays);
  return g_test_run ();
}
