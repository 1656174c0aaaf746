using Microsoft.Extensions.Logging;
using SsaShare.Exchange;

namespace SsaShare.Node;

/// <summary>
/// Takes what has come into a watched folder and publishes it, file by file in order of name. What was begun before the process ended is finished
/// first. A file that fails is tried again later, and given up after some attempts when it cannot be read; it never holds up others.
/// Used by one thread at a time.
/// </summary>
internal sealed class FolderSweep(FolderOptions options, FolderFiles files, IngestDesk desk, TimeProvider time, ILogger logger)
{
    /// <summary>
    /// Attempts at a file that cannot be opened or read, and processes that may end over it. Any other failure - a full disk, a store or a key
    /// that cannot be used - is none of the file's, which is tried until it succeeds.
    /// </summary>
    private const int AttemptsMax = 5;

    private static readonly TimeSpan RetryMax = TimeSpan.FromMinutes(1);
    private readonly FolderArrivals _arrivals = new(options.Settle, time);
    private readonly Dictionary<string, (int Failures, int OwnFailures, DateTimeOffset Next)> _failures = new(StringComparer.Ordinal);
    private HashSet<string> _passedOver = new(StringComparer.Ordinal);

    /// <summary>Goes through the folder once.</summary>
    /// <returns>Files that were finished.</returns>
    /// <exception cref="IOException">The folder itself cannot be used.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        files.CreateFolders();
        int finished = 0;
        var working = files.ListWorking();
        foreach (string name in working)
            if (await TryProcessAsync(name, cancellationToken)) finished++;
        var incoming = files.ListIncoming();
        var here = new HashSet<string>(working.Concat(incoming.Select(file => file.Name)), StringComparer.Ordinal);
        foreach (string gone in _failures.Keys.Where(name => !here.Contains(name)).ToList()) _failures.Remove(gone);
        foreach (var file in _arrivals.Whole(WithoutLongNames(incoming)))
        {
            // One of this name is still worked at, or it or its label has changed while those before it were published.
            if (!files.IsWorking(file.Name) && _arrivals.IsStillWhole(file) && await TryProcessAsync(file.Name, cancellationToken)) finished++;
        }
        return finished;
    }

    /// <summary>Files whose names leave room for what stands beside them; the others are said once each and stay where they are.</summary>
    private List<FileInfo> WithoutLongNames(IReadOnlyList<FileInfo> incoming)
    {
        var passedOver = incoming.Select(file => file.Name).Where(name => !FolderFiles.CanBeTaken(name)).ToHashSet(StringComparer.Ordinal);
        foreach (string name in passedOver.Except(_passedOver)) NodeLog.FolderFileGivenUp(logger, IngestFile.Shown(name), $"its name is longer than {FolderFiles.NameBytesMax} bytes; it stays in incoming/ until it has a shorter one.");
        _passedOver = passedOver;
        return [.. incoming.Where(file => !passedOver.Contains(file.Name))];
    }

    private async Task<bool> TryProcessAsync(string name, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_failures.TryGetValue(name, out var failed) && time.GetUtcNow() < failed.Next) return false;
        try
        {
            bool isThere = files.IsWorking(name);
            if (!isThere && (isThere = files.TryClaim(name)))
            {
                // What failed before under this name, if anything did, was another file or that it could not be taken.
                _failures.Remove(name);
                failed = default;
            }
            if (isThere) await ProcessAsync(name, failed.OwnFailures, cancellationToken);
            _failures.Remove(name);
            return isThere;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            files.ForgetAttempts(name);
            throw;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Whatever it was: the file stays where it is and is tried again, and others have their turn. Without memory the process had better end.
            var pause = TimeSpan.FromSeconds(Math.Min(RetryMax.TotalSeconds, Math.Pow(2, Math.Min(failed.Failures, 10))));
            _failures[name] = (failed.Failures + 1, failed.OwnFailures + (e is UnreadableFileException ? 1 : 0), time.GetUtcNow() + pause);
            files.ForgetAttempts(name);
            NodeLog.FolderFileFailed(logger, IngestFile.Shown(name), pause, e);
            return false;
        }
    }

    private async Task ProcessAsync(string name, int ownFailures, CancellationToken cancellationToken)
    {
        var outcome = await ReadOutcomeAsync(name, cancellationToken);
        if (outcome is null)
        {
            var (read, fault) = await IngestAsync(name, ownFailures, cancellationToken);
            string place = read is null or { IsFileRefused: true, Accepted: 0 } or { IsReadToEnd: false } ? FolderOutcome.Refused : FolderOutcome.Done;
            outcome = new FolderOutcome(place, files.FreeName(place, name));
            files.KeepOutcome(name, outcome.ToJson(IngestFile.Shown(name), read, fault, time.GetUtcNow()));
            if (fault is not null) NodeLog.FolderFileGivenUp(logger, IngestFile.Shown(name), fault);
        }
        files.Finish(name, outcome);
    }

    /// <returns>What came of it; or null and why it was not read.</returns>
    /// <exception cref="UnreadableFileException">The file cannot be opened or read.</exception>
    private async Task<(IngestOutcome? Outcome, string? Fault)> IngestAsync(string name, int ownFailures, CancellationToken cancellationToken)
    {
        if (ownFailures >= AttemptsMax) return (null, $"It could not be read {ownFailures} times; the node's log says why.");
        var label = options.Label;
        string labelFile = files.WorkingFile(name) + FolderFiles.LabelSuffix;
        if (File.Exists(labelFile))
        {
            if (new FileInfo(labelFile).Length > FolderLabel.BytesMax) return (null, $"the label beside the file is longer than {FolderLabel.BytesMax} bytes.");
            if (!FolderLabel.TryRead(await File.ReadAllBytesAsync(labelFile, cancellationToken), out var own, out string? fault)) return (null, fault);
            label = own;
        }
        if (files.CountAttempt(name) > AttemptsMax) return (null, $"The node ended {AttemptsMax} times while it read the file.");
        await using var stream = SourceStream.Open(() => files.Open(name));
        return (await desk.IngestAsync(new IngestFile(IngestSource.Folder, name, label), stream, null, cancellationToken), null);
    }

    /// <returns>Null when there is none that can be read: the file is then read again, which adds nothing twice.</returns>
    private async Task<FolderOutcome?> ReadOutcomeAsync(string name, CancellationToken cancellationToken)
    {
        string path = files.WorkingFile(name) + FolderFiles.OutcomeSuffix;
        if (!File.Exists(path)) return null;
        if (FolderOutcome.TryRead(await File.ReadAllBytesAsync(path, cancellationToken)) is { } outcome) return outcome;
        // Not ours; where the file has gone already it is put aside as it is.
        return File.Exists(files.WorkingFile(name)) ? null : new FolderOutcome(FolderOutcome.Refused, files.FreeName(FolderOutcome.Refused, name));
    }
}
