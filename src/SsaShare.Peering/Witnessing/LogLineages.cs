using SsaShare.Domain;
using SsaShare.Exchange;

namespace SsaShare.Peering;

/// <summary>
/// Of each other log the largest checkpoint that it was shown to have grown to, those that are still to be shown to be of the same history, and
/// what it has not shown. Two checkpoints of different sizes do not contradict each other by themselves: only the log can prove that one
/// tree begins with the other, and it must be asked.
/// </summary>
public sealed class LogLineages
{
    /// <summary>Most checkpoints of one log that wait to be proven. Where more come, the largest and the smaller ones are kept.</summary>
    public const int WaitingMax = 64;

    private const int RefusalsMin = 3;
    private static readonly TimeSpan DoubtPause = TimeSpan.FromMinutes(1);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Lineage> _lineages = new(StringComparer.Ordinal);

    /// <summary>Logs that have not shown what they must, by name.</summary>
    public IReadOnlyList<LogDoubt> Doubts
    {
        get
        {
            lock (_lock) return [.. _lineages.Values.Select(lineage => lineage.Doubt).OfType<LogDoubt>().OrderBy(doubt => doubt.Question.Origin, StringComparer.Ordinal)];
        }
    }

    /// <summary>Logs of which something is to be asked.</summary>
    public IReadOnlyList<string> Waiting
    {
        get
        {
            lock (_lock) return [.. _lineages.Where(one => one.Value.Waiting.Count > 0 || one.Value.Doubt is not null).Select(one => one.Key)];
        }
    }

    /// <summary>Takes a checkpoint that its log has signed. The first of a log is what all others must be of one history with.</summary>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <param name="isFromOwner">Whether the log's own node has given it.</param>
    public void Add(HeldCheckpoint checkpoint, bool isFromOwner)
    {
        lock (_lock)
        {
            if (!_lineages.TryGetValue(checkpoint.Origin, out var lineage)) _lineages.Add(checkpoint.Origin, lineage = new Lineage());
            if (isFromOwner && (lineage.Shown is not { } shown || checkpoint.Head.Size > shown.Head.Size)) lineage.Shown = checkpoint;
            // A tree begins with the empty one, whatever it holds.
            if (checkpoint.Head.Size == 0) return;
            lineage.Proven ??= checkpoint;
            if (lineage.Proven.Head == checkpoint.Head || !lineage.Waiting.TryAdd(checkpoint.Head.Size, new Candidate(checkpoint))) return;
            if (lineage.Waiting.Count > WaitingMax) lineage.Waiting.RemoveAt(lineage.Waiting.Count - 2);
        }
    }

    /// <summary>Whether something of a log is known.</summary>
    public bool Knows(string origin)
    {
        lock (_lock) return _lineages.ContainsKey(origin);
    }

    /// <summary>Begins with a checkpoint that the log had under another name, before it was restored from a backup: what it signs under the new one must be of one history with it too.</summary>
    /// <returns>False when something of the log is known already.</returns>
    public bool Begin(string origin, HeldCheckpoint before)
    {
        lock (_lock) return _lineages.TryAdd(origin, new Lineage { Proven = before });
    }

    /// <summary>The log goes on under another name: nothing new is asked of it under this one. A doubt stays: about entries that the log says it still holds it is asked on, and about others it can give no answer any more.</summary>
    /// <param name="origin">Name of the log so far.</param>
    /// <param name="heldSize">Entries that it says it still holds.</param>
    public void End(string origin, long heldSize)
    {
        lock (_lock)
        {
            if (!_lineages.TryGetValue(origin, out var lineage)) return;
            lineage.Waiting.Clear();
            lineage.HeldSize = heldSize;
            if (lineage.Doubt is null) _lineages.Remove(origin);
        }
    }

    /// <summary>Somebody else has verified a proof from the largest proven checkpoint to a larger one: nothing more is to be asked about it.</summary>
    public void Extended(string origin, LogHead from, HeldCheckpoint to)
    {
        lock (_lock)
        {
            if (!_lineages.TryGetValue(origin, out var lineage) || lineage.Proven?.Head != from || to.Head.Size <= from.Size) return;
            lineage.Proven = to;
            if (lineage.Waiting.TryGetValue(to.Head.Size, out var waiting) && waiting.Checkpoint.Head == to.Head) lineage.Waiting.Remove(to.Head.Size);
        }
    }

    /// <summary>What to ask a log next.</summary>
    /// <param name="origin">The log.</param>
    /// <param name="afterSize">Waiting checkpoints up to this size were asked about in this round; below 0 at its beginning.</param>
    /// <param name="now">The time.</param>
    /// <returns>Null for nothing now. A doubt is asked about again and again: one right answer ends it.</returns>
    public GrowthQuestion? Next(string origin, long afterSize, DateTimeOffset now)
    {
        lock (_lock)
        {
            if (!_lineages.TryGetValue(origin, out var lineage) || lineage.Proven is not { } proven) return null;
            if (lineage.HeldSize is { } held) return lineage.Doubt?.Question is { } open && open.Larger.Head.Size <= held && lineage.AskAgainAt <= now ? open : null;
            if (lineage.Doubt is { IsWrong: true } doubt && lineage.AskAgainAt <= now) return doubt.Question;
            foreach (var (size, candidate) in lineage.Waiting)
                if (size > afterSize) return new GrowthQuestion(proven, candidate.Checkpoint);
            return null;
        }
    }

    /// <summary>The log has shown it.</summary>
    /// <returns>Whether a doubt has ended by it.</returns>
    public bool Proved(GrowthQuestion question)
    {
        lock (_lock)
        {
            if (!_lineages.TryGetValue(question.Origin, out var lineage)) return false;
            bool isOfNow = lineage.Proven!.Head == question.Known.Head;
            // What was proven meanwhile is larger: whether the two are of one history is still to be asked.
            if (isOfNow) lineage.Waiting.Remove(question.Given.Head.Size);
            if (isOfNow && question.Given.Head.Size > question.Known.Head.Size) lineage.Proven = question.Given;
            if (lineage.Doubt is not { } doubt || doubt.Question.Given.Head != question.Given.Head) return false;
            lineage.Doubt = null;
            return true;
        }
    }

    /// <summary>The log has answered, and the proof does not verify.</summary>
    /// <returns>The doubt, where it is the first of this log.</returns>
    public LogDoubt? Failed(GrowthQuestion question, DateTimeOffset now)
    {
        lock (_lock)
        {
            if (!_lineages.TryGetValue(question.Origin, out var lineage)) return null;
            lineage.Waiting.Remove(question.Given.Head.Size);
            lineage.AskAgainAt = now + DoubtPause;
            if (lineage.Doubt is { IsWrong: true }) return null;
            return lineage.Doubt = new LogDoubt(question, IsWrong: true, "the proof that it gives does not verify", now);
        }
    }

    /// <summary>The log is there and has as many entries, and has given no proof.</summary>
    /// <param name="question">What it was asked.</param>
    /// <param name="reason">What it said.</param>
    /// <param name="patience">How long it may go on.</param>
    /// <param name="now">The time.</param>
    /// <returns>The doubt, where it is the first of this log.</returns>
    public LogDoubt? Refused(GrowthQuestion question, string reason, TimeSpan patience, DateTimeOffset now)
    {
        lock (_lock)
        {
            if (!_lineages.TryGetValue(question.Origin, out var lineage)) return null;
            lineage.AskAgainAt = now + DoubtPause;
            if (!lineage.Waiting.TryGetValue(question.Given.Head.Size, out var candidate)) return null;
            candidate.RefusedSince ??= now;
            if (++candidate.Refusals < RefusalsMin || now - candidate.RefusedSince < patience || lineage.Doubt is not null) return null;
            return lineage.Doubt = new LogDoubt(question, IsWrong: false, $"it refuses: {reason}", now);
        }
    }

    /// <summary>Whether the log's own node has shown, after a moment, that it has as many entries as are asked about.</summary>
    public bool WasShownAfter(GrowthQuestion question, DateTimeOffset moment)
    {
        lock (_lock) return _lineages.GetValueOrDefault(question.Origin)?.Shown is { } shown && shown.Head.Size >= question.Larger.Head.Size && Utc.ToDateTime(shown.At) > moment;
    }

    private sealed class Lineage
    {
        /// <summary>Largest checkpoint shown to be of one history with the first.</summary>
        public HeldCheckpoint? Proven { get; set; }

        /// <summary>Largest checkpoint that the log's own node gave, proven or not.</summary>
        public HeldCheckpoint? Shown { get; set; }

        /// <summary>By size.</summary>
        public SortedList<long, Candidate> Waiting { get; } = [];

        public LogDoubt? Doubt { get; set; }

        /// <summary>Of a log that goes on under another name: entries up to which it can still prove something. Null while it goes on under this one.</summary>
        public long? HeldSize { get; set; }

        public DateTimeOffset AskAgainAt { get; set; }
    }

    private sealed class Candidate(HeldCheckpoint checkpoint)
    {
        public HeldCheckpoint Checkpoint => checkpoint;
        public DateTimeOffset? RefusedSince { get; set; }
        public int Refusals { get; set; }
    }
}

/// <summary>Whether two checkpoints of one log are of one history.</summary>
/// <param name="Known">The largest that was proven when the other came.</param>
/// <param name="Given">The other.</param>
public sealed record GrowthQuestion(HeldCheckpoint Known, HeldCheckpoint Given)
{
    public string Origin => Given.Origin;
    public HeldCheckpoint Smaller => Known.Head.Size <= Given.Head.Size ? Known : Given;
    public HeldCheckpoint Larger => Known.Head.Size <= Given.Head.Size ? Given : Known;
}

/// <summary>A log has not shown that two of its checkpoints are of one history.</summary>
/// <param name="Question">Which.</param>
/// <param name="IsWrong">Whether it gave a proof that does not verify; otherwise it gives none.</param>
/// <param name="Reason">For the operator.</param>
/// <param name="Since">Since when.</param>
public sealed record LogDoubt(GrowthQuestion Question, bool IsWrong, string Reason, DateTimeOffset Since)
{
    public override string ToString()
        => FormattableString.Invariant($"{Question.Origin} does not prove that its {Question.Larger.Head.Size} entries (shown by {Question.Larger.Source}) begin with the {Question.Smaller.Head.Size} (shown by {Question.Smaller.Source}), since {Since:yyyy-MM-dd'T'HH:mm:ss'Z'}: {Reason}");
}
