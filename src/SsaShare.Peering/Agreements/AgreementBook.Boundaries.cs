using SsaShare.Agreements;
using SsaShare.Exchange;

namespace SsaShare.Peering;

/// <summary>What happens to agreements as time goes by: a successor takes its predecessor's place, a validity ends.</summary>
public sealed partial class AgreementBook
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(1);

    /// <summary>Brings every agreement to what the time demands; each change is stored and logged.</summary>
    /// <returns>How long until the next boundary, at most a minute.</returns>
    public async Task<TimeSpan> SettleAsync(CancellationToken cancellationToken)
    {
        await EnterAsync(cancellationToken);
        try
        {
            await SettleEntriesAsync(cancellationToken);
            var now = Now;
            double seconds = Entries.Where(entry => !entry.Status.IsFinal).SelectMany(entry => new[] { entry.Agreement.Terms.ValidFrom, entry.Agreement.Terms.ValidUntil })
                .Select(boundary => boundary.SecondsSince(now)).Where(wait => wait > 0).DefaultIfEmpty(double.MaxValue).Min();
            return TimeSpan.FromSeconds(Math.Min(seconds + 0.01, LookAgain.TotalSeconds));
        }
        finally
        {
            _writing.Leave();
        }
    }

    private async Task SettleEntriesAsync(CancellationToken cancellationToken)
    {
        // A successor that ended meanwhile had taken its predecessor's place before; one revoked before its time never does.
        foreach (var successor in Entries.Where(entry => entry.Agreement.Terms.Supersedes is not null && entry.Verification.Outcome == AgreementOutcome.Complete
            && entry.State != AgreementState.Revoked && entry.Agreement.Terms.ValidFrom <= Now).ToList())
        {
            var id = successor.Agreement.Terms.Supersedes!.Value;
            if (await ApplyAsync(id, new AgreementEvent.Supersede(successor.Agreement), cancellationToken)) PeeringLog.AgreementSuperseded(logger, id, successor.Agreement.Id);
        }
        foreach (var entry in Entries.Where(entry => !entry.Status.IsFinal && entry.Agreement.Terms.ValidUntil <= Now).ToList())
            if (await ApplyAsync(entry.Agreement.Id, new AgreementEvent.Expire(), cancellationToken)) PeeringLog.AgreementExpired(logger, entry.Agreement.Id);
    }

    /// <returns>False when the agreement is not here or the life cycle has no place for it.</returns>
    private async Task<bool> ApplyAsync(AgreementId id, AgreementEvent happening, CancellationToken cancellationToken)
    {
        if (Find(id) is not { } entry) return false;
        var transition = AgreementLifeCycle.Apply(entry.Agreement, entry.Status, happening, identity.Partner, Now);
        if (transition.IsRefused) return false;
        var after = entry with { State = transition.Status.State };
        await SaveAsync(after, () => store.SaveAsync(after.ToStored(), cancellationToken));
        return true;
    }
}
