using SsaShare.Domain;
using SsaShare.Signing;

namespace SsaShare.Peering;

/// <summary>How often a partner's log may get another name.</summary>
public sealed partial class PeerDirectory
{
    /// <summary>Restores of one partner that are taken at once.</summary>
    public const int RestoresAtOnce = 4;

    /// <summary>After which one more is taken.</summary>
    public static readonly TimeSpan RestorePeriod = TimeSpan.FromDays(1);

    /// <summary>Each is a name more of which checkpoints are held for ever, and makes all readers begin anew.</summary>
    private OriginPace? _restores;

    /// <summary>Takes as many restores that follow on what is known as may come now; the rest comes again.</summary>
    private async Task<KeyEventsTaken> TakePacedAsync(PartnerId partner, IReadOnlyList<KeyEvent> events, CancellationToken cancellationToken)
    {
        _restores ??= new OriginPace(_time, RestorePeriod, RestoresAtOnce);
        int known = Find(partner)?.Keys.Sequence ?? int.MaxValue, left = _restores.Left(partner);
        var late = events.Where(one => one.Action == KeyAction.Restore && one.Sequence > known).OrderBy(one => one.Sequence).Skip(left).ToHashSet();
        var taken = await TakeAsync(partner, [.. events.Where(one => !late.Contains(one))], cancellationToken);
        foreach (var _ in taken.New.Where(one => one.Action == KeyAction.Restore && one.Sequence > known)) _restores.TryEnter(partner);
        return late.Count > 0 && taken.Outcome is KeyEventOutcome.Taken or KeyEventOutcome.Known or KeyEventOutcome.Early
            ? taken with { Outcome = KeyEventOutcome.Early, Fault = $"The log of '{partner}' was restored from backups {RestoresAtOnce} times of late: one more is taken after a day." }
            : taken;
    }
}
