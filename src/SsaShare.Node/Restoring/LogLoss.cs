using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Signing;

namespace SsaShare.Node;

/// <summary>How a node's log stands to what others have seen of it.</summary>
/// <param name="Origin">Name of the log.</param>
/// <param name="Log">What is in the database.</param>
/// <param name="HeldSize">Entries of the largest checkpoint seen that the log contains; 0 for none.</param>
/// <param name="HeldAt">When the last of these was logged, UTC, whole seconds; for none, when the node's first card was issued.</param>
/// <param name="Sightings">What was seen, the largest first.</param>
/// <param name="Silent">Peers that were not reached, each with why.</param>
public sealed record LogLoss(string Origin, LogHead Log, long HeldSize, DateTimeOffset HeldAt, IReadOnlyList<LogSighting> Sightings, IReadOnlyList<(PartnerId Peer, string Reason)> Silent)
{
    /// <summary>The largest checkpoint that the log does not contain; null when nothing is lost.</summary>
    public LogSighting? Seen => Sightings.FirstOrDefault(one => !one.IsContained);

    /// <summary>What a signed statement says of it.</summary>
    /// <exception cref="InvalidOperationException">Nothing is lost.</exception>
    public LogCut Cut => Seen is { } seen ? new LogCut(Log.Root, HeldSize, HeldAt, seen.Head.Size, seen.Head.Root) : throw new InvalidOperationException("Nothing is lost.");

    /// <summary>Why a restore cannot explain what was seen; null when it can.</summary>
    public string? Contradiction
    {
        get
        {
            if (Sightings.GroupBy(one => one.Head.Size).FirstOrDefault(size => size.Select(one => one.Head.Root).Distinct().Count() > 1) is { } split)
                return $"{string.Join(" and ", split.Select(one => one.Source))} hold different checkpoints of {split.Key} entries, both signed by this node's log key: it is in other hands, or was used on two copies of this node. See 'ssa node revoke'.";
            return Sightings.FirstOrDefault(one => !one.IsContained && one.Head.Size <= HeldSize) is { } fork
                ? $"{fork.Source} holds a checkpoint of {fork.Head.Size} entries that is not of this log, although others hold one of {HeldSize} that is: no restore explains that, the log key is in other hands. See 'ssa node revoke'."
                : null;
        }
    }
}

/// <summary>A checkpoint of a node's log that somebody holds; its signature is verified.</summary>
/// <param name="Source">Who, for people.</param>
/// <param name="Head">Size and root.</param>
/// <param name="IsContained">Whether the log in the database begins with it.</param>
public sealed record LogSighting(string Source, LogHead Head, bool IsContained);
