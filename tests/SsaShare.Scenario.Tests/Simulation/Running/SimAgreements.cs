using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Peering;
using SsaShare.Protocol;
using SsaShare.Signing;

namespace SsaShare.Scenario.Tests.Simulation;

/// <summary>What a way from one node to another is granted, told apart from the code that decides it.</summary>
/// <param name="Agreement">Under which.</param>
/// <param name="From">Provider.</param>
/// <param name="To">Receiver.</param>
/// <param name="Originator">Whose records.</param>
internal sealed record SimGrant(AgreementId Agreement, PartnerId From, PartnerId To, PartnerId Originator);

/// <summary>Agreements of a simulated federation: real records go, exercise records stay at home.</summary>
internal static class SimAgreements
{
    private static readonly SealedLabel Real = LabelOf(DataMode.Real), Exercise = LabelOf(DataMode.Exercise);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    public static SealedRecord Record(PartnerId originator, int number, bool isReal)
        => RecordFactory.Seal(new Observation(SensorId.Parse("RADAR-1"), Epoch.J2000, 1_000 + number, 1, 0.5, null, $"{10_000 + number}"), originator, isReal ? Real : Exercise);

    public static SealedRecord Notice(PartnerId originator, int number, bool isReal)
        => RecordFactory.Seal(new EventNotice(EventKind.Anomaly, Epoch.J2000, null, [$"{10_000 + number}"], null, 0.5, null), originator, isReal ? Real : Exercise);

    /// <summary>Both give each other their own.</summary>
    public static Agreement Between(NodeIdentity one, NodeIdentity other, string title, Func<AgreementTerms, AgreementTerms> change)
    {
        var terms = new AgreementTerms
        {
            Title = title,
            ValidFrom = Utc.FromDateTime(SimClock.Start - Day),
            ValidUntil = Utc.FromDateTime(SimClock.Start + Day),
            DataModes = [DataMode.Real],
            Grants = [new Grant { Id = Clause("all"), RecordClasses = Selector.Of(RecordClass.Observation, RecordClass.EventNotice) }],
            Prohibitions = [],
        };
        NodeIdentity[] parties = [one, other];
        return Agreement.Fix(new AgreementDraft([.. parties.Select(party => new DraftParty(party.Partner))], change(terms)), partner => parties.First(party => party.Partner == partner).Card);
    }

    public static StoredAgreement SignedByAll(Agreement agreement, IEnumerable<SimNode> nodes)
    {
        var envelope = AgreementEnvelope.Of(agreement);
        foreach (var node in nodes.Where(node => agreement.HasParty(node.Partner))) envelope = envelope.Sign(node.Identity.SigningKey);
        return new StoredAgreement(agreement.Id, envelope.ToJson(), AgreementState.Active);
    }

    /// <summary>What it grants between its parties, by the words with which it was made.</summary>
    public static IEnumerable<SimGrant> Owned(Agreement agreement)
        => from provider in agreement.Parties
           from reader in agreement.Parties
           where provider != reader
           select new SimGrant(agreement.Id, provider.Partner, reader.Partner, provider.Partner);

    public static ClauseId Clause(string name) => ClauseId.TryParse(name, out var id) ? id : throw new ArgumentException(name);

    private static SealedLabel LabelOf(DataMode mode) => LabelCodec.Seal(new Label(HandlingLevel.PartnersOnly, mode, null, OriginatorControlled: false));
}
