using System.Runtime.InteropServices;

namespace SsaShare.Signing;

/// <summary>Files that only their owner may read, written whole or not at all.</summary>
/// <remarks>For systems with Unix file modes; elsewhere every member throws <see cref="PlatformNotSupportedException"/>.</remarks>
internal static partial class PrivateFile
{
    private const long MaxBytes = 65_536;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <param name="path">Any file.</param>
    /// <param name="what">"Key file", to begin a message with.</param>
    /// <param name="checkMode">Whether a file that is open to others is refused.</param>
    /// <exception cref="KeyFileException">Missing, too long, or open to others.</exception>
    public static byte[] Read(string path, string what = "Key file", bool checkMode = true)
    {
        if (OperatingSystem.IsWindows())
        {
            throw NeedsModes();
        }

        try
        {
            using FileStream file = File.OpenRead(path);
            UnixFileMode mode = File.GetUnixFileMode(file.SafeFileHandle);
            if (checkMode && (mode & ~(OwnerOnly | UnixFileMode.UserExecute)) != 0)
            {
                throw new KeyFileException($"{what} {path} is open to others (mode 0{Convert.ToString((int)mode, 8)}). Mend it with: chmod 600 {path}");
            }

            if (file.Length > MaxBytes)
            {
                throw new KeyFileException($"{what} {path} has {file.Length} bytes; it has at most {MaxBytes}.");
            }

            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KeyFileException($"{what} {path} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Writes a neighbour file, makes it durable, then links it to its name.</summary>
    /// <remarks>link(2) fails where a file exists, in one step; File.Move looks first and then renames, so two may both win.</remarks>
    /// <exception cref="IOException">The file exists, or cannot be written.</exception>
    public static void CreateNew(string path, ReadOnlySpan<byte> content)
    {
        string draft = WriteDraft(path, content);
        try
        {
            if (Link(draft, path) != 0)
            {
                throw new IOException($"Key file {path} was not made: {Marshal.GetLastPInvokeErrorMessage()}.");
            }
        }
        finally
        {
            File.Delete(draft);
        }

        SyncFolder(path);
    }

    /// <summary>Puts a content in a file's place, or makes the file, in one step. After a crash there is the old one or the new one.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Replace(string path, ReadOnlySpan<byte> content)
    {
        string target = (File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName : null) ?? path;
        string draft = WriteDraft(target, content);
        try
        {
            File.Move(draft, target, overwrite: true);
        }
        finally
        {
            File.Delete(draft);
        }

        SyncFolder(target);
    }

    /// <summary>Gives a file another's name in one step and makes it durable at both ends: the other's old content is gone then.</summary>
    /// <exception cref="IOException">It cannot be renamed.</exception>
    public static void Move(string from, string to)
    {
        File.Move(from, to, overwrite: true);
        SyncFolder(to);
        if (Path.GetDirectoryName(Path.GetFullPath(from)) != Path.GetDirectoryName(Path.GetFullPath(to)))
        {
            SyncFolder(from);
        }
    }

    private static string WriteDraft(string path, ReadOnlySpan<byte> content)
    {
        if (OperatingSystem.IsWindows())
        {
            throw NeedsModes();
        }

        string draft = $"{path}.{Guid.NewGuid():n}.new";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly };
        try
        {
            using var file = new FileStream(draft, options);
            file.Write(content);
            file.Flush(flushToDisk: true);
        }
        catch
        {
            File.Delete(draft);
            throw;
        }

        return draft;
    }

    /// <summary>Makes a new name durable; without this a power cut may bring the old content back.</summary>
    private static void SyncFolder(string path)
    {
        int folder = Open(Path.GetDirectoryName(Path.GetFullPath(path))!, flags: 0);
        int error = folder < 0 || FSync(folder) != 0 ? Marshal.GetLastPInvokeError() : 0;
        if (folder >= 0)
        {
            _ = Close(folder);
        }

        if (error != 0)
        {
            throw new IOException($"The folder of {path} was not made durable: {Marshal.GetPInvokeErrorMessage(error)}.");
        }
    }

    private static PlatformNotSupportedException NeedsModes() => new("Key files need Unix file modes.");

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string existing, string name);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FSync(int file);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int file);
}
