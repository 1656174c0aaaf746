using System.Collections.Immutable;
using SsaShare.Agreements;
using SsaShare.Domain;

namespace SsaShare.Peering.Tests;

/// <summary>Agreements for tests: everything REAL is granted both ways unless a test says otherwise.</summary>
internal static class Pact
{
    public static readonly TimeSpan Day = TimeSpan.FromDays(1);

    public static Agreement Between(IReadOnlyList<Party> parties, TimeProvider time, string title = "Observations", Func<AgreementTerms, AgreementTerms>? change = null)
    {
        var terms = new AgreementTerms
        {
            Title = title,
            ValidFrom = Utc.FromDateTime(time.GetUtcNow() - Day),
            ValidUntil = Utc.FromDateTime(time.GetUtcNow() + Day),
            DataModes = [DataMode.Real],
            Grants = [new Grant { Id = Clause("all"), RecordClasses = Selector.Of(RecordClass.Observation, RecordClass.Sensor) }],
            Prohibitions = [],
        };
        return Agreement.Fix(new AgreementDraft([.. parties.Select(party => new DraftParty(party.Partner))], change is null ? terms : change(terms)),
            partner => parties.First(party => party.Partner == partner).Card);
    }

    public static AgreementEnvelope SignedBy(this Agreement agreement, params ReadOnlySpan<Party> signers)
    {
        var envelope = AgreementEnvelope.Of(agreement);
        foreach (var signer in signers) envelope = envelope.Sign(signer.Identity.SigningKey);
        return envelope;
    }

    public static ClauseId Clause(string name) => ClauseId.TryParse(name, out var id) ? id : throw new ArgumentException(name);
}
