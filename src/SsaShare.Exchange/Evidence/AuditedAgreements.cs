using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Signing;

namespace SsaShare.Exchange;

/// <summary>The agreements of a log with what each became when.</summary>
internal sealed class AuditedAgreements
{
    /// <summary>Between a decision and the log entry of a change that it did not see yet; also how far a wall clock may step.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(5);

    private readonly Dictionary<AgreementId, History> _histories = [];

    /// <summary>The agreement, when the log holds it.</summary>
    public Agreement? Find(AgreementId id) => _histories.GetValueOrDefault(id)?.Agreement;

    /// <returns>What is wrong with the entry, or null.</returns>
    public string? Take(LogEntry entry, AuditedCards cards)
    {
        if (!AgreementChange.TryParse(entry.Event.Body.Span, out var change)) return "it is not well-formed";
        if (!AgreementEnvelope.TryParse(change.Envelope.Span, out var envelope, out string? fault)) return fault;
        if (!DsseEnvelope.TryParse(change.Envelope.Span, out var dsse, out fault)) return fault;
        var strangers = Agreement.Read(dsse.Payload.Span).TryGetValue(out var claimed) ? claimed.Parties.Where(party => cards.Find(party.Partner.Value) is null).ToList() : [];
        if (claimed is not null && strangers.Count > 0)
        {
            // The signatures of the others are not looked at either: an agreement stands or falls as a whole.
            foreach (var stranger in strangers) cards.CountUnchecked(stranger.Partner.Value);
            Keep(claimed, entry, change.State, []);
            return null;
        }
        var verification = envelope.Verify(cards.Histories);
        if (verification.Agreement is not { } agreement) return verification.Explanation;
        fault = WhyRevoked(agreement, verification, cards) ?? CheckState(agreement, verification, change.State, entry.Time);
        Keep(agreement, entry, change.State, [.. verification.SignedBy]);
        return fault;
    }

    /// <summary>Transitions of all agreements, with the entry that holds each.</summary>
    public IEnumerable<(SignedTransition Transition, long Entry)> Transitions
        => _histories.Values.SelectMany(history => history.Transitions.All.Zip(history.TransitionEntries));

    /// <summary>Agreements that every party had signed, with the entry from which on the log holds them so.</summary>
    public IEnumerable<(Agreement Agreement, EntryPlace Since)> Complete
        => _histories.Values.Where(history => history.CompleteSince is not null).Select(history => (history.Agreement, history.CompleteSince!.Value));

    public bool Holds(AgreementId id) => _histories.ContainsKey(id);

    /// <summary>Whether the agreement was active at some moment of a time, by the log's own account.</summary>
    public bool WasActiveWithin(AgreementId id, Epoch from, Epoch to)
        => _histories.TryGetValue(id, out var history)
            && (history.StateAt(from) == AgreementState.Active || history.Changes.Any(change => change.State == AgreementState.Active && change.Time > from && change.Time <= to));

    /// <returns>What is wrong with a transition whose signature is checked, or null.</returns>
    public string? TakeTransition(SignedTransition transition, long entry)
    {
        if (!_histories.TryGetValue(transition.Document.Agreement, out var history)) return $"it is about agreement {transition.Document.Agreement}, which this log does not hold before it";
        var (outcome, fault) = history.Transitions.CheckOrder(history.Agreement, transition);
        if (outcome == TransitionOutcome.Known) return "the log holds it already";
        if (outcome != TransitionOutcome.Taken) return fault;
        history.Transitions = history.Transitions.With(transition);
        history.TransitionEntries.Add(entry);
        return null;
    }

    /// <summary>Why nothing could be released between these two at a time, by the log's own account up to here; null when it could.</summary>
    public string? WhyClosed(AgreementId id, PartnerId provider, PartnerId receiver, Epoch time)
    {
        if (!_histories.TryGetValue(id, out var history)) return $"it names agreement {id}, which this log does not hold before it";
        var reason = ReleasePolicy.WhyClosed(history.Agreement, AgreementState.Active, provider, receiver, time);
        if (reason != WithholdReason.None) return $"agreement {id} released nothing from '{provider}' to '{receiver}' at {time}: {reason}";
        if (!history.WasActive(time)) return $"agreement {id} was not active at {time} but {history.StateAt(time)}";
        // No slack here: a manifest is logged only where the agreement is in force in the same transaction.
        return history.StateNow == AgreementState.Active ? null : $"it was logged after agreement {id} had become {history.StateNow}";
    }

    /// <summary>A signature of a key that was in other hands counts where the log held it before.</summary>
    private string? WhyRevoked(Agreement agreement, AgreementVerification verification, AuditedCards cards)
    {
        var before = _histories.GetValueOrDefault(agreement.Id)?.SignedBy ?? [];
        var late = agreement.Parties.FirstOrDefault(party => verification.SignedBy.Contains(party.Partner) && !before.Contains(party.Partner) && cards.Find(party.Partner.Value)?.IsRevoked(party.SigningKey) == true);
        return late is null ? null : $"'{late.Partner}' signed it with a key that was revoked before";
    }

    private string? CheckState(Agreement agreement, AgreementVerification verification, AgreementState state, Epoch time)
    {
        bool complete = verification.Outcome == AgreementOutcome.Complete;
        bool isOpen = state is AgreementState.Draft or AgreementState.Proposed;
        // A signature that comes when the validity is over changes nothing any more.
        bool over = time.Plus(Slack) >= agreement.Terms.ValidUntil;
        if (complete && isOpen && !over) return $"every party has signed it, but its state is {state}";
        if (!complete && state is AgreementState.Countersigned or AgreementState.Active or AgreementState.Suspended or AgreementState.Superseded)
            return $"its state is {state} without the signature of {string.Join(", ", verification.Missing)}";
        if (!_histories.TryGetValue(agreement.Id, out var history))
            return TransitionHistory.Empty.Explain(state, verification.SignedBy) is null ? $"its state is {state}, to which no transition in this log leads" : null;
        if (history.SignedBy.Except(verification.SignedBy).Any()) return "it has lost a signature";
        if (history.Transitions.Explain(state, verification.SignedBy) is null) return $"its state is {state}, to which the transitions in this log do not lead";
        return MayFollow(history.Changes[^1].State, state) ? null : $"it became {state} after it had been {history.Changes[^1].State}";
    }

    private static bool MayFollow(AgreementState before, AgreementState after) => before switch
    {
        AgreementState.Draft or AgreementState.Proposed => true,
        AgreementState.Countersigned => after >= AgreementState.Countersigned,
        AgreementState.Active or AgreementState.Suspended => after >= AgreementState.Active,
        _ => after == before,
    };

    private void Keep(Agreement agreement, LogEntry entry, AgreementState state, IReadOnlyList<PartnerId> signedBy)
    {
        if (!_histories.TryGetValue(agreement.Id, out var history)) _histories.Add(agreement.Id, history = new History(agreement));
        history.SignedBy = signedBy;
        if (agreement.Parties.All(party => signedBy.Contains(party.Partner))) history.CompleteSince ??= EntryPlace.Of(entry);
        history.Changes.Add((entry.Time, state));
    }

    private sealed class History(Agreement agreement)
    {
        public Agreement Agreement => agreement;
        public IReadOnlyList<PartnerId> SignedBy { get; set; } = [];
        public List<(Epoch Time, AgreementState State)> Changes { get; } = [];
        public TransitionHistory Transitions { get; set; } = TransitionHistory.Empty;
        public List<long> TransitionEntries { get; } = [];
        public EntryPlace? CompleteSince { get; set; }

        /// <summary>What the transitions say counts, also where an entry of the state they lead to is left out.</summary>
        public AgreementState StateNow => Transitions.IsRevoked ? AgreementState.Revoked : Transitions.SuspendedBy.IsEmpty ? Changes[^1].State : AgreementState.Suspended;

        public AgreementState StateAt(Epoch time) => Changes.LastOrDefault(change => change.Time <= time).State;

        public bool WasActive(Epoch time)
            => StateAt(time.Plus(-Slack)) == AgreementState.Active
                || Changes.Any(change => change.State == AgreementState.Active && change.Time > time.Plus(-Slack) && change.Time <= time.Plus(Slack));
    }
}
