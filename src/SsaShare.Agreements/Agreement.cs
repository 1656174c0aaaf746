using System.Collections.Immutable;
using SsaShare.Domain;
using SsaShare.Signing;

namespace SsaShare.Agreements;

/// <summary>What the parties sign: fixed payload bytes and what they say. Immutable; equal when the bytes are.</summary>
public sealed class Agreement : IEquatable<Agreement>
{
    private readonly Lazy<CompiledAgreement> _compiled;

    private Agreement(ReadOnlySpan<byte> payload, ImmutableArray<AgreementParty> parties, AgreementTerms terms)
    {
        Payload = [.. payload];
        Id = AgreementId.Of(payload);
        Parties = parties;
        Terms = terms;
        _compiled = new Lazy<CompiledAgreement>(() => new CompiledAgreement(this));
    }

    public AgreementId Id { get; }

    /// <summary>The exact bytes that are signed; never written again from <see cref="Terms"/>.</summary>
    public ImmutableArray<byte> Payload { get; }

    /// <summary>In the order of the payload: at least two.</summary>
    public ImmutableArray<AgreementParty> Parties { get; }

    public AgreementTerms Terms { get; }

    /// <summary>The forms in which records may be released: in full first, then by the profiles that grants use, in the order of their figures.</summary>
    public ImmutableArray<ReleaseForm> Forms => Compiled.Forms.Forms;

    /// <summary>The delays after publication at which grants begin to release, ascending; begins with zero.</summary>
    public ImmutableArray<TimeSpan> Delays => Compiled.Forms.Delays;

    internal CompiledAgreement Compiled => _compiled.Value;

    public bool HasParty(PartnerId partner) => Parties.Any(party => party.Partner == partner);

    /// <summary>Whose cosignatures on a provider's log count: those that the agreement names, or its parties, without the provider itself.</summary>
    public ImmutableArray<PartnerId> WitnessesOf(PartnerId provider)
        => [.. (Terms.Witnesses.IsEmpty ? Parties.Select(party => party.Partner) : Terms.Witnesses).Where(witness => witness != provider)];

    /// <summary>The profile of that name; null when the agreement has none.</summary>
    public DegradationProfile? Profile(ProfileId id) => Terms.DegradationProfiles.FirstOrDefault(profile => profile.Id == id);

    /// <summary>The limits that bind a provider towards a reader, by id; each counts for this pair alone.</summary>
    public ImmutableArray<VolumeLimit> LimitsBetween(PartnerId provider, PartnerId reader)
        => [.. Terms.Limits.Where(limit => limit.From.Passes(provider) && limit.To.Passes(reader)).OrderBy(limit => limit.Id)];

    /// <summary>What it says, without the parties' keys.</summary>
    public AgreementDraft ToDraft() => new([.. Parties.Select(party => new DraftParty(party.Partner, party.Tier))], Terms);

    /// <summary>Fixes a draft: writes its payload once, with each party's key as its node card states it, and reads it back.</summary>
    /// <param name="draft">What was authored.</param>
    /// <param name="cards">The pinned node card of each partner.</param>
    /// <exception cref="ArgumentException">A party has no node card here, or its card is another partner's.</exception>
    public static Agreement Fix(AgreementDraft draft, Func<PartnerId, SignedNodeCard?> cards)
    {
        var parties = draft.Parties.Select(party =>
        {
            var partner = party.Partner;
            var signed = cards(partner) ?? throw new ArgumentException($"No node card of '{partner}' is pinned here.", nameof(cards));
            return signed.Card.PartnerId == partner.Value
                ? new AgreementParty(partner, signed.Card.SigningKey.Id, signed.Id, party.Tier)
                : throw new ArgumentException($"The node card given for '{partner}' is that of '{signed.Card.PartnerId}'.", nameof(cards));
        });
        var result = Read(AgreementPayload.Write([.. parties], draft.Terms));
        return result.TryGetValue(out var agreement)
            ? agreement
            : throw new ArgumentException($"The draft is not a valid agreement: {result.Issues[0].Message}", nameof(draft));
    }

    /// <summary>Reads payload bytes whose signatures were verified. Total: any bytes give an agreement or the reasons why not.</summary>
    public static DocumentResult<Agreement> Read(ReadOnlySpan<byte> payload)
    {
        try
        {
            return new AgreementReader().ReadPayload(JsonDocumentReader.Read(payload), payload);
        }
        catch (DocumentException e)
        {
            return new DocumentResult<Agreement>([e.Issue]);
        }
    }

    internal static Agreement FromPayload(ReadOnlySpan<byte> payload, ImmutableArray<AgreementParty> parties, AgreementTerms terms)
        => new(payload, parties, terms);

    public bool Equals(Agreement? other) => other is not null && Id == other.Id;
    public override bool Equals(object? obj) => Equals(obj as Agreement);
    public override int GetHashCode() => Id.GetHashCode();
}
