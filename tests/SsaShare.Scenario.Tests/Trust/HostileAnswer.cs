using System.Security.Cryptography;
using Google.Protobuf;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Protocol;
using PullResponse = SsaShare.Protocol.Exchange.V1.PullResponse;
using SsaShare.Signing;
using SsaShare.Transparency;
using V1 = SsaShare.Protocol.Common.V1;

namespace SsaShare.Scenario.Tests.Trust;

/// <summary>An answer to a first pull that is right in everything, with handles to make it wrong in one thing and consistent in all others.</summary>
internal sealed class HostileAnswer(ActingPartner provider, PartnerId receiver, AgreementId agreement)
{
    private static int _records;

    public Label Label { get; set; } = ScenarioNode.Label;
    public byte[]? LabelBytes { get; set; }
    public RecordClass Class { get; set; } = RecordClass.Observation;
    public string Sensor { get; set; } = "RADAR";
    public PartnerId Originator { get; set; } = provider.Partner;
    public SigningKey PublicationKey { get; set; } = provider.Key;
    public SigningKey ManifestKey { get; set; } = provider.Key;

    /// <summary>What it gives; null makes three observations up.</summary>
    public IReadOnlyList<SealedRecord>? Records { get; set; }
    public Func<Publication, Publication> Publication { get; set; } = publication => publication;
    public Func<ManifestDocument, ManifestDocument> Manifest { get; set; } = document => document;
    public Action<PullResponse> Wire { get; set; } = _ => { };

    public PullResponse Make()
    {
        var now = Utc.FromDateTime(TimeProvider.System.GetUtcNow());
        var label = new SealedLabel(LabelBytes ?? LabelCodec.Seal(Label).Bytes, Label);
        var records = Records ?? [.. Enumerable.Range(0, 3).Select(_ => Record(label))];
        var publication = Publication(SsaShare.Exchange.Publication.Create(Originator, records, PublicationKey, now, null));
        var slice = new PublicationSlice(publication.Document, publication.Records, [], null);
        Hash256[] leaves = [.. publication.Records.Select(record => record.LeafHash)];
        var manifest = Manifest(new ManifestDocument(DocumentContexts.Manifest.Text, agreement, provider.Partner, receiver, 0, 1, null, 1, leaves.Length, MerkleTree.Root(leaves), true, now,
            System.Text.Encoding.UTF8.GetString(new Checkpoint(provider.Identity.LogSigner.Name, 0, MerkleTree.Root([])).Sign(provider.Identity.LogSigner).ToBytes())));
        var answer = new PullAnswer(SignedDocument.Sign(ManifestKey, DocumentContexts.Manifest, DocumentJson.Write(manifest)), [slice], RandomNumberGenerator.GetBytes(40)).ToWire();
        // The mapper writes records' real bytes; a test may now change what is on the wire.
        Wire(answer);
        return answer;
    }

    /// <summary>A label of a data mode that no version knows.</summary>
    public static byte[] UnknownMode() => new V1.Label { HandlingLevel = V1.HandlingLevel.PartnersOnly, DataMode = (V1.DataMode)99 }.ToByteArray();

    private SealedRecord Record(SealedLabel label)
    {
        var epoch = Utc.FromDateTime(new DateTimeOffset(1998, 1, 1, 0, 0, 0, TimeSpan.Zero)).PlusSeconds(Interlocked.Increment(ref _records));
        var observation = new Observation(SensorId.Parse(Sensor), epoch, 1_000, 1, 0.5, null, "5398");
        return SealedRecord.Seal(ObservationCodec.Encode(observation), label, new RecordFacts(Class, Originator, observation.Sensor, observation.ObjectTag, OrbitalRegime.Unspecified, epoch, Label));
    }
}
