using System.Text;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Signing;

namespace SsaShare.Exchange.Tests;

/// <summary>Agreements from authored clauses among partners of whom each has a card; records go from pacific over atlantic to caribbean.</summary>
internal static class Chain
{
    public static readonly PartnerId Fusion = PartnerId.Parse("fusion");

    private static readonly Dictionary<PartnerId, SignedNodeCard> Cards = new[] { Sample.Atlantic, Sample.Pacific, Sample.Caribbean, Fusion }.ToDictionary(partner => partner, Card);

    public static Agreement Agree(string parties, string clauses)
    {
        var draft = AgreementDraft.ReadYaml(Encoding.UTF8.GetBytes($"""
            kind: ssashare/agreement/v1
            title: A test
            parties: [{parties}]
            valid_from: 2026-01-01T00:00:00Z
            valid_until: 2036-01-01T00:00:00Z
            data_modes: [REAL]
            {clauses}
            """));
        return Agreement.Fix(draft.Value ?? throw new FormatException(string.Join('\n', draft.Issues)), partner => Cards[partner]);
    }

    public static HeldUnder From(PartnerId provider, Agreement agreement, CarriedTerms? terms = null, AgreementState state = AgreementState.Active)
        => new(provider, agreement, state, terms, Sample.Now, Sample.Now);

    private static SignedNodeCard Card(PartnerId partner)
    {
        var key = SigningKey.Generate(SignatureAlgorithm.Ed25519);
        using var log = NoteSigner.Generate($"{partner}.example");
        using var witness = NoteSigner.Generate($"{partner}.witness", NoteSignatureType.CosignatureV1);
        using var recovery = SigningKey.Generate(SignatureAlgorithm.EcdsaP256Sha256);
        return new NodeCard(partner.Value, partner.Value, new Uri("https://localhost:5001"), key.VerificationKey, log.Verifier, witness.Verifier, recovery.VerificationKey, [new SpkiPin(Hash256.Of(Encoding.ASCII.GetBytes(partner.Value)))], [], DateTimeOffset.UnixEpoch).Sign(key);
    }
}
