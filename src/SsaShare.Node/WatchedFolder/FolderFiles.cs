using System.Text;

namespace SsaShare.Node;

/// <summary>
/// The steps that a file takes through a watched folder; each is one rename or one whole file, so that whatever ends the process, the next start
/// finds the file in one place and knows what is left to do. Tests end the process at each.
/// </summary>
internal class FolderFiles(string folder)
{
    public const string LabelSuffix = ".label.json", OutcomeSuffix = ".outcome.json", AttemptsSuffix = ".attempts";

    /// <summary>Longest name taken; file systems have room for 255.</summary>
    public const int NameBytesMax = 200;

    private const string Incoming = "incoming", Working = "working";

    public string LockFile => Path.Combine(folder, ".lock");

    public void CreateFolders()
    {
        foreach (string name in (ReadOnlySpan<string>)[Incoming, Working, FolderOutcome.Done, FolderOutcome.Refused]) Directory.CreateDirectory(Path.Combine(folder, name));
    }

    /// <summary>Files that may be taken, in order of their names. Not those that are being written by convention (dot files, .part), what stands beside others, links, and what is empty.</summary>
    public IReadOnlyList<FileInfo> ListIncoming()
        => [.. new DirectoryInfo(Path.Combine(folder, Incoming)).EnumerateFiles().Where(file => IsFile(file.Name) && file.LinkTarget is null && file.Length > 0).OrderBy(file => file.Name, StringComparer.Ordinal)];

    /// <summary>Names of files that were taken and are not finished, those of which only the outcome is left among them.</summary>
    public IReadOnlyList<string> ListWorking()
        => [.. new DirectoryInfo(Path.Combine(folder, Working)).EnumerateFiles()
            .Select(file => file.Name.EndsWith(OutcomeSuffix, StringComparison.Ordinal) ? file.Name[..^OutcomeSuffix.Length] : file.Name)
            .Where(IsFile).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    public string WorkingFile(string name) => Path.Combine(folder, Working, name);

    public bool IsWorking(string name) => File.Exists(WorkingFile(name)) || File.Exists(WorkingFile(name) + OutcomeSuffix);

    /// <summary>Takes a file: its label first, so that it never is without.</summary>
    /// <returns>False when it is gone.</returns>
    public bool TryClaim(string name)
    {
        // Of another file of this name.
        ForgetAttempts(name);
        string from = Path.Combine(folder, Incoming, name);
        if (File.Exists(from + LabelSuffix)) Move(from + LabelSuffix, WorkingFile(name) + LabelSuffix);
        if (!File.Exists(from)) return false;
        Move(from, WorkingFile(name));
        return true;
    }

    /// <summary>A file that was taken, to be read.</summary>
    public virtual Stream Open(string name)
        => new FileStream(WorkingFile(name), new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Read, Options = FileOptions.SequentialScan | FileOptions.Asynchronous });

    /// <summary>Keeps how often a file has been tried by processes that then ended.</summary>
    public int CountAttempt(string name)
    {
        string path = WorkingFile(name) + AttemptsSuffix;
        int attempts = File.Exists(path) ? (int)Math.Min(1_000, new FileInfo(path).Length) : 0;
        using var file = new FileStream(path, FileMode.Append);
        file.WriteByte((byte)'.');
        return attempts + 1;
    }

    public void ForgetAttempts(string name) => File.Delete(WorkingFile(name) + AttemptsSuffix);

    /// <summary>Keeps the outcome beside the file, whole or not at all. From then on the file is not read again.</summary>
    public void KeepOutcome(string name, byte[] json)
    {
        string path = WorkingFile(name) + OutcomeSuffix, draft = Path.Combine(folder, Working, ".outcome.new");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        // It may tell lines of the file, which is for whoever its owner lets read it.
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        File.Delete(draft);
        using (var file = new FileStream(draft, options))
        {
            file.Write(json);
            file.Flush(flushToDisk: true);
        }
        Move(draft, path);
    }

    /// <summary>A name that nothing has yet where a file goes.</summary>
    public string FreeName(string place, string name)
    {
        string free = name;
        for (int i = 2; Path.Exists(In(place, free)) || Path.Exists(In(place, free) + OutcomeSuffix) || Path.Exists(In(place, free) + LabelSuffix); i++) free = $"{name}~{i}";
        return free;
    }

    /// <summary>Puts a file with an outcome where the outcome says: what stands beside it first, the outcome last. May be repeated from any point.</summary>
    public void Finish(string name, FolderOutcome outcome)
    {
        string from = WorkingFile(name), to = In(outcome.Place, outcome.As);
        ForgetAttempts(name);
        foreach (string suffix in (ReadOnlySpan<string>)[LabelSuffix, "", OutcomeSuffix])
            if (File.Exists(from + suffix)) Move(from + suffix, to + suffix);
    }

    protected virtual void Move(string from, string to) => File.Move(from, to, overwrite: true);

    private string In(string place, string name) => Path.Combine(folder, place, name);

    /// <summary>Whether the names of what stands beside it, and of another of its name, are not too long for a file system.</summary>
    public static bool CanBeTaken(string name) => Encoding.UTF8.GetByteCount(name) <= NameBytesMax;

    private static bool IsFile(string name)
        => !name.StartsWith('.') && !name.EndsWith(".part", StringComparison.OrdinalIgnoreCase) && !name.EndsWith('~')
            && !name.EndsWith(LabelSuffix, StringComparison.Ordinal) && !name.EndsWith(OutcomeSuffix, StringComparison.Ordinal) && !name.EndsWith(AttemptsSuffix, StringComparison.Ordinal);
}
