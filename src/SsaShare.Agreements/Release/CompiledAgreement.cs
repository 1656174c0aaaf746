using System.Collections.Immutable;
using SsaShare.Domain;

namespace SsaShare.Agreements;

/// <summary>An agreement made ready for fast decisions. Immutable, safe to share between threads; deciding allocates nothing.</summary>
internal sealed class CompiledAgreement
{
    private readonly ImmutableArray<PartnerId> _parties;
    private readonly uint _dataModes;   // bit n: mode number n; a list of an enumeration would box at each look-up
    private readonly Epoch _validFrom, _validUntil;

    public CompiledAgreement(Agreement agreement)
    {
        _parties = [.. agreement.Parties.Select(party => party.Partner)];
        foreach (var mode in agreement.Terms.DataModes) _dataModes |= 1u << (int)mode;
        (_validFrom, _validUntil) = (agreement.Terms.ValidFrom, agreement.Terms.ValidUntil);
        Grants = ClauseIndex.Of(agreement.Terms.Grants);
        Prohibitions = ClauseIndex.Of(agreement.Terms.Prohibitions);
    }

    public ClauseIndex Grants { get; }
    public ClauseIndex Prohibitions { get; }

    /// <summary>Why nothing is released at all now, between these two; <see cref="WithholdReason.None"/> when the clauses decide.</summary>
    public WithholdReason Closed(AgreementState state, PartnerId provider, PartnerId recipient, Epoch now) => state switch
    {
        AgreementState.Suspended => WithholdReason.AgreementSuspended,
        AgreementState.Superseded => WithholdReason.AgreementSuperseded,
        AgreementState.Revoked => WithholdReason.AgreementRevoked,
        AgreementState.Expired => WithholdReason.AgreementExpired,
        not AgreementState.Active => WithholdReason.AgreementNotActive,
        _ when now < _validFrom => WithholdReason.AgreementNotYetValid,
        _ when now >= _validUntil => WithholdReason.AgreementExpired,
        _ when !_parties.Contains(provider) => WithholdReason.ProviderNotParty,
        _ when !_parties.Contains(recipient) || recipient == provider => WithholdReason.RecipientNotParty,
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

    /// <summary>Whether the label lets the partner see the record; its originator always may.</summary>
    public static bool MaySee(in RecordFacts facts, PartnerId partner)
        => partner == facts.Originator || facts.Label.IsReleasableTo(partner);
}
