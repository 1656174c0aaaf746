using System.Collections.Immutable;
using SsaShare.Domain;

namespace SsaShare.Agreements;

/// <summary>An agreement made ready for fast decisions. Immutable, safe to share between threads; deciding allocates nothing.</summary>
internal sealed class CompiledAgreement
{
    private readonly Agreement _agreement;
    private readonly ImmutableArray<PartnerId> _parties, _receivingOnly;
    private readonly uint _dataModes;   // bit n: mode number n; a list of an enumeration would box at each look-up
    private readonly Epoch _validFrom, _validUntil;

    public CompiledAgreement(Agreement agreement)
    {
        _agreement = agreement;
        _parties = [.. agreement.Parties.Select(party => party.Partner)];
        _receivingOnly = [.. agreement.Parties.Where(party => party.Tier == CapabilityTier.ReceiveOnly).Select(party => party.Partner)];
        foreach (var mode in agreement.Terms.DataModes) _dataModes |= 1u << (int)mode;
        (_validFrom, _validUntil) = (agreement.Terms.ValidFrom, agreement.Terms.ValidUntil);
        var scope = new ClauseScope(agreement);
        Grant[] grants = [.. agreement.Terms.Grants.OrderBy(grant => grant.Id)];
        Grants = ClauseIndex.Of(grants, scope);
        Prohibitions = ClauseIndex.Of(agreement.Terms.Prohibitions.OrderBy(prohibition => prohibition.Id), scope);
        Forms = new FormIndex(grants, agreement.Terms.DegradationProfiles);
        HasRetention = grants.Any(grant => grant.Retention is not null);
    }

    public ClauseIndex Grants { get; }
    public ClauseIndex Prohibitions { get; }
    public FormIndex Forms { get; }

    /// <summary>Whether any grant limits how long the recipient may keep a record.</summary>
    public bool HasRetention { get; }

    /// <summary>Why nothing is released at all now, between these two; <see cref="WithholdReason.None"/> when the clauses decide.</summary>
    public WithholdReason Closed(AgreementState state, PartnerId provider, PartnerId recipient, Epoch now) => state switch
    {
        AgreementState.Suspended => WithholdReason.AgreementSuspended,
        AgreementState.Superseded => WithholdReason.AgreementSuperseded,
        AgreementState.Revoked => WithholdReason.AgreementRevoked,
        AgreementState.Expired => WithholdReason.AgreementExpired,
        not (AgreementState.Active or AgreementState.Unwitnessed) => WithholdReason.AgreementNotActive,
        _ when now < _validFrom => WithholdReason.AgreementNotYetValid,
        _ when now >= _validUntil => WithholdReason.AgreementExpired,
        _ when !_parties.Contains(provider) => WithholdReason.ProviderNotParty,
        _ when !_parties.Contains(recipient) || recipient == provider => WithholdReason.RecipientNotParty,
        _ when _receivingOnly.Contains(provider) => WithholdReason.TierReceiveOnly,
        AgreementState.Unwitnessed => WithholdReason.WitnessQuorumMissing,
        _ => WithholdReason.None,
    };

    /// <summary>Why the originator's marking withholds the record; <see cref="WithholdReason.None"/> when it does not.</summary>
    public WithholdReason Marked(in RecordFacts facts, PartnerId provider, PartnerId recipient)
    {
        var label = facts.Label;
        if (label is null || label.Level == HandlingLevel.Unspecified || label.Mode == DataMode.Unspecified) return WithholdReason.LabelIncomplete;
        if (facts.Class == RecordClass.Unspecified || facts.Originator == default) return WithholdReason.LabelIncomplete;
        if ((uint)label.Mode > 31 || (_dataModes >> (int)label.Mode & 1) == 0) return WithholdReason.DataModeNotCovered;
        if (!MaySee(facts, recipient)) return WithholdReason.NotReleasableTo;
        bool controlled = label.OriginatorControlled && facts.Originator != provider && !_parties.Contains(facts.Originator);
        return controlled ? WithholdReason.OriginatorControlled : WithholdReason.None;
    }

    /// <summary>Whether the record at hand was degraded in this very form under this agreement.</summary>
    public bool IsOwnForm(in RecordFacts facts, ReleaseForm form)
        => !facts.Form.IsFull && facts.Form == form && (facts.DegradedUnder is not { } under || under == _agreement.Id);

    /// <summary>Why the record at hand has no such form; <see cref="WithholdReason.None"/> when it has.</summary>
    public WithholdReason WhyNotIn(in RecordFacts facts, ReleaseForm form)
    {
        if (facts.Form.IsFull || IsOwnForm(facts, form)) return WithholdReason.None;
        return form.IsFull && facts.DegradedUnder != _agreement.Id ? WithholdReason.None : WithholdReason.AlreadyDegraded;
    }

    /// <summary>The question that clauses are asked, with what the form hides of a record that has it already.</summary>
    public ReleaseQuestion Ask(in RecordFacts facts, int form, PartnerId provider, PartnerId recipient, Epoch now, Vouched vouched)
    {
        if (!IsOwnForm(facts, Forms.Forms[form])) return new ReleaseQuestion(provider, recipient, now);
        var (removesTag, slack) = Forms.Hides(form);
        return new ReleaseQuestion(provider, recipient, now, vouched, facts.TagRemoved && removesTag, slack, facts.Class is RecordClass.OrbitState or RecordClass.ElementSet);
    }

    /// <summary>Why a grant that covers the record does not let the relay pass it on; <see cref="WithholdReason.None"/> when it does.</summary>
    public WithholdReason WhyNotOnward(Grant grant, PartnerId relay, PartnerId next) => grant.Onward switch
    {
        OnwardAudience.Public => WithholdReason.None,
        OnwardAudience.Named => grant.OnwardTo.Passes(next) ? WithholdReason.None : WithholdReason.OnwardNotNamed,
        OnwardAudience.SameTier => TierOf(next) is { } tier && tier == TierOf(relay) ? WithholdReason.None : WithholdReason.OnwardTier,
        _ => WithholdReason.OnwardNotGranted,
    };

    private CapabilityTier? TierOf(PartnerId partner)
    {
        foreach (var party in _agreement.Parties)
            if (party.Partner == partner) return party.Tier;
        return null;
    }

    /// <summary>Whether the label lets the partner see the record; its originator always may.</summary>
    public static bool MaySee(in RecordFacts facts, PartnerId partner)
        => partner == facts.Originator || facts.Label.IsReleasableTo(partner);
}
