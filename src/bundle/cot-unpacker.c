/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-unpacker.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cot-unpack-reader.h"
#include "cot-unpacker-program.h"

#define PATIENCE_MSEC (120 * 1000)
#define CHUNK_BYTES (64 * 1024)
/* A worker has a minute of processor time. No honest member needs all of it, but many together do,
 * so a worker that gave so much is replaced. */
#define ENDURANCE_BYTES (G_GUINT64_CONSTANT (512) << 20)
/* An idle worker keeps no more of the memory that it shares. */
#define KEPT_SHARED_BYTES (4u * 1024 * 1024)
/* A worker that has closed its side is about to end by itself, with a status worth telling. */
#define N_LAST_WAITS 200
#define LAST_WAIT_USEC 1000

/* Descriptors are left open, which the worker closes first of all, and the folder is left as it
 * is, which it leaves: only then GLib needs no fork(), whose cost grows with what we hold. */
#if defined(__SANITIZE_ADDRESS__)
#define SPAWN_FLAGS (G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_LEAVE_DESCRIPTORS_OPEN)
#else
/* What a hostile archive makes the worker say has no business on the user's terminal. */
#define SPAWN_FLAGS \
  (G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_LEAVE_DESCRIPTORS_OPEN | G_SPAWN_STDERR_TO_DEV_NULL)
#endif

struct _CotUnpacker
{
  GPid pid; /* 0: it is gone */
  int fd;
  int shared_fd; /* -1: there is none */
  const guint8 *shared; /* the same, to be read */
  CotUnpackReader *reader;
  GError *failure; /* nullable: why it is gone */
  guint64 n_bytes; /* that it gave */
  guint n_pass_phrase; /* the owner's number of the one that it knows; 0: none */

  /* of the running call */
  CotUnpackerEntryFunc entry;
  gpointer entry_data;
  CotSpool *into;
};

static guint patience_msec = PATIENCE_MSEC;
static guint64 endurance_bytes = ENDURANCE_BYTES; /* atomic */

/**
 * cot_unpacker_set_patience:
 * @msec: milliseconds; 0 for the usual time
 *
 * How long every worker of this process may say nothing before it is given up. Any thread.
 */
void
cot_unpacker_set_patience (guint msec)
{
  g_atomic_int_set (&patience_msec, msec > 0 ? msec : PATIENCE_MSEC);
}

/**
 * cot_unpacker_set_endurance:
 * @n_bytes: bytes; 0 for the usual number
 *
 * How much every worker of this process may give before it is worn. Any thread.
 */
void
cot_unpacker_set_endurance (guint64 n_bytes)
{
  __atomic_store_n (&endurance_bytes, n_bytes > 0 ? n_bytes : ENDURANCE_BYTES, __ATOMIC_RELAXED);
}

static gboolean
on_entry (const CotUnpackEntry *entry, gpointer data, GError **error)
{
  CotUnpacker *self = data;

  return self->entry (entry, self->entry_data, error);
}

static gboolean
on_bytes (const void *bytes, gsize length_bytes, gpointer data, GError **error)
{
  CotUnpacker *self = data;

  self->n_bytes += length_bytes;
  return cot_spool_append (self->into, bytes, length_bytes, error);
}

/* Copied before anybody looks at it: the worker may write to it at any time. */
static gboolean
on_shared (gsize length_bytes, gpointer data, GError **error)
{
  CotUnpacker *self = data;
  gboolean done;

  if (self->shared == NULL)
    {
      g_set_error_literal (error, COT_BUNDLE_ERROR, COT_BUNDLE_ERROR_WORKER,
                           "the unpacker shares what does not exist");
      return FALSE;
    }
  self->n_bytes += length_bytes;
  done = cot_spool_append (self->into, self->shared, length_bytes, error);
  if (length_bytes > KEPT_SHARED_BYTES)
    fallocate (self->shared_fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, 0,
               (off_t) length_bytes);
  return done;
}

static const CotUnpackReaderFunctions reader_functions = { on_entry, on_bytes, on_shared };

static gpointer
reap (gpointer data)
{
  while (waitpid (GPOINTER_TO_INT (data), NULL, 0) < 0 && errno == EINTR)
    continue;
  return NULL;
}

/* Looks for the end of the process for a moment. Whatever it was, it is gone then. */
static gboolean
wait_for_end (CotUnpacker *self, int *wait_status)
{
  pid_t ended = 0;

  for (guint i = 0; ended == 0 && i < N_LAST_WAITS; i++)
    {
      ended = waitpid (self->pid, wait_status, WNOHANG);
      if (ended == 0)
        g_usleep (LAST_WAIT_USEC);
    }
  return ended != 0;
}

/* Without waiting: the last reference may go on the main thread. */
static void
abandon_process (CotUnpacker *self)
{
  if (self->pid == 0)
    return;
  kill (self->pid, SIGKILL);
  /* Where no thread can be had, the process stays in the table until this one ends. */
  if (waitpid (self->pid, NULL, WNOHANG) == 0)
    {
      GThread *thread = g_thread_try_new ("cot-unpack-reap", reap, GINT_TO_POINTER (self->pid),
                                          NULL);

      g_clear_pointer (&thread, g_thread_unref);
    }
  self->pid = 0;
}

/* @wait_status: (nullable): gives the process the time to end by itself, and gets how it did */
static void
end_process (CotUnpacker *self, int *wait_status)
{
  if (self->pid == 0)
    return;
  if (wait_status == NULL || !wait_for_end (self, wait_status))
    {
      kill (self->pid, SIGKILL);
      /* A process that waits for a server which went away does not die before it answers. */
      if (!wait_for_end (self, wait_status))
        abandon_process (self);
    }
  self->pid = 0;
}

/* Says why a worker that closed its side did so. */
static void
set_error_from_end (CotUnpacker *self, GError **error)
{
  int wait_status = 0;

  end_process (self, &wait_status);
  if (WIFEXITED (wait_status) && WEXITSTATUS (wait_status) == COT_UNPACK_EXIT_NOT_LOCKED)
    g_set_error_literal (error, COT_BUNDLE_ERROR, COT_BUNDLE_ERROR_WORKER,
                         "the unpacker could not lock itself in on this system");
  else if (WIFSIGNALED (wait_status) && WTERMSIG (wait_status) == SIGXCPU)
    g_set_error_literal (error, COT_BUNDLE_ERROR, COT_BUNDLE_ERROR_LIMIT,
                         "unpacking took too much processor time");
  else if (WIFSIGNALED (wait_status))
    g_set_error (error, COT_BUNDLE_ERROR, COT_BUNDLE_ERROR_WORKER,
                 "the unpacker died (signal %d)", WTERMSIG (wait_status));
  else
    g_set_error (error, COT_BUNDLE_ERROR, COT_BUNDLE_ERROR_WORKER,
                 "the unpacker ended (status %d)", WEXITSTATUS (wait_status));
}

/* FALSE, and no process any more. */
static gboolean
give_up (CotUnpacker *self, GError *failure, GError **error)
{
  end_process (self, NULL);
  g_clear_error (&self->failure);
  self->failure = g_error_copy (failure);
  g_propagate_error (error, failure);
  return FALSE;
}

/* Waits until there is something to read. */
static gboolean
wait_for_worker (CotUnpacker *self, GCancellable *cancellable, GError **error)
{
  struct pollfd waits[2] = { { .fd = self->fd, .events = POLLIN }, { .fd = -1 } };
  guint patience = (guint) g_atomic_int_get (&patience_msec);
  int n;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (cancellable != NULL)
    {
      waits[1].fd = g_cancellable_get_fd (cancellable);
      waits[1].events = POLLIN;
    }
  do
    n = poll (waits, G_N_ELEMENTS (waits), (int) patience);
  while (n < 0 && errno == EINTR);
  if (waits[1].fd >= 0)
    g_cancellable_release_fd (cancellable);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (n > 0)
    return TRUE;
  g_set_error (error, COT_BUNDLE_ERROR, COT_BUNDLE_ERROR_WORKER,
               "the unpacker did not answer for %u seconds", (patience + 999) / 1000);
  return FALSE;
}

/* One wait and one read. */
static gboolean
listen_once (CotUnpacker *self, GCancellable *cancellable, GError **error)
{
  guint8 buffer[CHUNK_BYTES];
  gssize n;

  if (!wait_for_worker (self, cancellable, error))
    return FALSE;
  n = recv (self->fd, buffer, sizeof buffer, MSG_DONTWAIT);
  if (n > 0)
    return cot_unpack_reader_push (self->reader, buffer, (gsize) n, error);
  if (n < 0 && (errno == EINTR || errno == EAGAIN))
    return TRUE;
  set_error_from_end (self, error);
  return FALSE;
}

static gboolean
listen_for_answer (CotUnpacker *self, GCancellable *cancellable, GError **error)
{
  GError *failure = NULL;

  while (cot_unpack_reader_get_state (self->reader) != COT_UNPACK_READER_IDLE)
    if (!listen_once (self, cancellable, &failure))
      return give_up (self, failure, error);
  return TRUE;
}

static gboolean
ask (CotUnpacker *self, CotUnpackType type, const guint8 *payload, guint length_bytes,
     GError **error)
{
  guint8 frame[COT_UNPACK_HEADER_BYTES + COT_UNPACK_MAX_REQUEST_BYTES];
  gsize n = COT_UNPACK_HEADER_BYTES + length_bytes;
  GError *failure = NULL;
  gboolean is_sent;

  if (self->failure != NULL)
    {
      g_propagate_error (error, g_error_copy (self->failure));
      return FALSE;
    }
  cot_unpack_write_header (frame, type, length_bytes);
  for (guint i = 0; i < length_bytes; i++)
    frame[COT_UNPACK_HEADER_BYTES + i] = payload[i];
  /* The worker has answered all former questions, so this one fits into the socket at once. */
  is_sent = send (self->fd, frame, n, MSG_NOSIGNAL) == (gssize) n;
  explicit_bzero (frame, sizeof frame);
  if (is_sent)
    return TRUE;
  set_error_from_end (self, &failure);
  return give_up (self, failure, error);
}

/* The worker does without, where it cannot be had. Nobody can make it smaller, which would end who
 * reads it. */
static void
open_shared (CotUnpacker *self)
{
  void *memory = MAP_FAILED;
  int fd = memfd_create ("cotrace-unpack", MFD_CLOEXEC | MFD_ALLOW_SEALING);

  if (fd >= 0 && ftruncate (fd, COT_UNPACK_MAX_SHARED_BYTES) == 0
      && fcntl (fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) == 0)
    memory = mmap (NULL, COT_UNPACK_MAX_SHARED_BYTES, PROT_READ, MAP_SHARED, fd, 0);
  self->shared_fd = fd;
  if (memory != MAP_FAILED)
    {
      self->shared = memory;
      return;
    }
  if (fd >= 0)
    close (fd);
  self->shared_fd = -1;
}

static void
close_shared (CotUnpacker *self)
{
  if (self->shared == NULL)
    return;
  munmap ((void *) self->shared, COT_UNPACK_MAX_SHARED_BYTES);
  close (self->shared_fd);
}

static gboolean
spawn (CotUnpacker *self, int archive_fd, GError **error)
{
  static const char *const no_environment[] = { "LC_ALL=C", "TZ=UTC0", NULL };
  g_autofree char *program = cot_unpacker_dup_program ();
  const char *const arguments[] = { program, NULL };
  const int given_fds[] = { archive_fd, self->shared_fd };
  const int target_fds[] = { COT_UNPACK_FD_ARCHIVE, COT_UNPACK_FD_SHARED };
  g_autoptr (GError) failure = NULL;
  int ends[2];
  gboolean done;

  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
    {
      g_set_error (error, COT_BUNDLE_ERROR, COT_BUNDLE_ERROR_WORKER,
                   "no connection to the unpacker: %s", g_strerror (errno));
      return FALSE;
    }
  done = g_spawn_async_with_pipes_and_fds (NULL, arguments, no_environment, SPAWN_FLAGS, NULL, NULL,
                                           ends[1], ends[1], -1, given_fds, target_fds,
                                           self->shared_fd < 0 ? 1 : 2, &self->pid, NULL, NULL,
                                           NULL, &failure);
  close (ends[1]);
  self->fd = ends[0];
  if (!done)
    {
      self->pid = 0;
      g_set_error (error, COT_BUNDLE_ERROR, COT_BUNDLE_ERROR_WORKER,
                   "the unpacker could not be started: %s", failure->message);
    }
  return done;
}

/**
 * cot_unpacker_new:
 * @archive_fd: the archive, a regular file open for reading; duplicated, its position unused
 * @cancellable: (nullable): ends the waiting
 * @error: return location: %COT_BUNDLE_ERROR_WORKER, or %G_IO_ERROR_CANCELLED
 *
 * Starts a worker and waits until it says that it is locked in.
 *
 * Returns: (transfer full) (nullable): the worker
 */
CotUnpacker *
cot_unpacker_new (int archive_fd, GCancellable *cancellable, GError **error)
{
  g_autoptr (CotUnpacker) self = g_new0 (CotUnpacker, 1);

  self->fd = -1;
  open_shared (self);
  self->reader = cot_unpack_reader_new (&reader_functions, self);
  if (!spawn (self, archive_fd, error) || !listen_for_answer (self, cancellable, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * cot_unpacker_free:
 * @self: (transfer full): a worker
 *
 * Ends the process, whatever it is doing. It has nothing to tidy up.
 */
void
cot_unpacker_free (CotUnpacker *self)
{
  abandon_process (self);
  if (self->fd >= 0)
    close (self->fd);
  close_shared (self);
  cot_unpack_reader_free (self->reader);
  g_clear_error (&self->failure);
  g_free (self);
}

/**
 * cot_unpacker_list:
 * @self: a worker that has not listed yet
 * @function: called for every entry, in order
 * @data: for @function
 * @status: (out): what is wrong with the list as a whole
 * @cancellable: (nullable): ends the worker
 * @error: return location
 *
 * Returns: whether the list came to its end
 */
gboolean
cot_unpacker_list (CotUnpacker *self, CotUnpackerEntryFunc function, gpointer data,
                   CotUnpackStatus *status, GCancellable *cancellable, GError **error)
{
  if (!ask (self, COT_UNPACK_LIST, NULL, 0, error))
    return FALSE;
  self->entry = function;
  self->entry_data = data;
  cot_unpack_reader_expect_list (self->reader);
  if (!listen_for_answer (self, cancellable, error))
    return FALSE;
  *status = cot_unpack_reader_get_status (self->reader);
  return TRUE;
}

/**
 * cot_unpacker_set_pass_phrase:
 * @self: a worker that has listed
 * @pass_phrase: at least one byte, at most %COT_UNPACK_MAX_PASS_PHRASE_BYTES
 * @number: how to call it
 * @error: return location
 *
 * Gives the worker what encrypted entries are read with from now on.
 *
 * Returns: whether the worker is still there
 */
gboolean
cot_unpacker_set_pass_phrase (CotUnpacker *self, const char *pass_phrase, guint number,
                              GError **error)
{
  self->n_pass_phrase = number;
  return ask (self, COT_UNPACK_PASS_PHRASE, (const guint8 *) pass_phrase,
              (guint) strlen (pass_phrase), error);
}

/**
 * cot_unpacker_get_pass_phrase_number:
 * @self: a worker
 *
 * Returns: the number of the pass phrase that it was given last; 0 for none
 */
guint
cot_unpacker_get_pass_phrase_number (CotUnpacker *self)
{
  return self->n_pass_phrase;
}

/**
 * cot_unpacker_is_worn:
 * @self: a worker
 *
 * Returns: whether it has done so much that another had better take its place
 */
gboolean
cot_unpacker_is_worn (CotUnpacker *self)
{
  return self->n_bytes >= __atomic_load_n (&endurance_bytes, __ATOMIC_RELAXED);
}

/**
 * cot_unpacker_read:
 * @self: a worker that has listed
 * @index: an entry of the list
 * @size_bytes: the size that it was listed with: no more is taken
 * @into: gets the data
 * @status: (out): how it ended; data that came before a fault is in @into
 * @cancellable: (nullable): ends the worker
 * @error: return location
 *
 * Returns: whether the answer came to its end
 */
gboolean
cot_unpacker_read (CotUnpacker *self, guint index, guint64 size_bytes, CotSpool *into,
                   CotUnpackStatus *status, GCancellable *cancellable, GError **error)
{
  guint8 payload[4];

  cot_unpack_put_u32 (payload, index);
  if (!ask (self, COT_UNPACK_READ, payload, sizeof payload, error))
    return FALSE;
  self->into = into;
  cot_spool_expect (into, size_bytes);
  cot_unpack_reader_expect_data (self->reader, size_bytes);
  if (!listen_for_answer (self, cancellable, error))
    return FALSE;
  *status = cot_unpack_reader_get_status (self->reader);
  return TRUE;
}

/**
 * cot_unpacker_convert:
 * @self: a worker whose archive is an event log, and that has not listed
 * @size_bytes: the size of the log
 * @into: gets the rows
 * @status: (out): how it ended; rows that came before a fault are in @into
 * @cancellable: (nullable): ends the worker
 * @error: return location
 *
 * Returns: whether the answer came to its end
 */
gboolean
cot_unpacker_convert (CotUnpacker *self, guint64 size_bytes, CotSpool *into,
                      CotUnpackStatus *status, GCancellable *cancellable, GError **error)
{
  if (!ask (self, COT_UNPACK_CONVERT, NULL, 0, error))
    return FALSE;
  self->into = into;
  cot_unpack_reader_expect_rows (self->reader, cot_unpack_get_max_rows_bytes (size_bytes));
  if (!listen_for_answer (self, cancellable, error))
    return FALSE;
  *status = cot_unpack_reader_get_status (self->reader);
  return TRUE;
}
