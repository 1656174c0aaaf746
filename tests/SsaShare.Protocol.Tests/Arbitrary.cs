using System.Collections.Immutable;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Protocol.Tests;

/// <summary>Values of the domain from a seed; everything that the wire can carry occurs.</summary>
internal static class Arbitrary
{
    public static readonly PartnerId Atlantic = PartnerId.Parse("atlantic"), Pacific = PartnerId.Parse("pacific");
    public static readonly SigningKey Key = SigningKey.Generate(SignatureAlgorithm.EcdsaP256Sha256);

    public static T Pick<T>(this Random random, params T[] values) => values[random.Next(values.Length)];

    public static Domain.Observation Observation(Random random)
    {
        var observation = new Domain.Observation(SensorId.Parse(random.Pick("RADAR", "ASCENSION", "a.b-c_9")), new Epoch(random.NextInt64(-200_000_000_000_000_000, 200_000_000_000_000_000)),
            Maybe(random, 40_000), Maybe(random, Math.Tau), Maybe(random, Math.PI / 2), Maybe(random, 15) - 7, random.Pick(null, "5398", "81900", "T 1"));
        return observation is { RangeKm: null, AzimuthRad: null, ElevationRad: null, RangeRateKmPerS: null } ? observation with { RangeKm = 1 } : observation;
    }

    public static Sensor Sensor(Random random) => new(SensorId.Parse("RADAR"), Atlantic, random.Pick("", "Radar one", "Ωμέγα"),
        new Geodetic(random.NextDouble() * Math.PI - Math.PI / 2, random.NextDouble() * Math.Tau - Math.PI, random.NextDouble() * 5),
        new MeasurementFigures(Maybe(random, 1), Maybe(random, 0.1), Maybe(random, 0.1), Maybe(random, 0.01)),
        new MeasurementFigures(Maybe(random, 1), Maybe(random, 0.1) - 0.05, Maybe(random, 0.1) - 0.05, Maybe(random, 0.01)));

    public static OrbitState OrbitState(Random random)
    {
        double[] lower = new double[21];
        for (int i = 0; i < 6; i++) lower[i * (i + 1) / 2 + i] = random.NextDouble();
        var state = new CartesianState(Instant(random), random.Pick(Frame.Gcrf, Frame.Itrf, Frame.Teme),
            new Vector3d(7_000 + random.NextDouble(), random.NextDouble(), -40_000 * random.NextDouble()), new Vector3d(random.NextDouble(), 7.5, -1));
        return new OrbitState(random.Pick(null, "25544"), state, random.Next(3) == 0 ? null : new Covariance6(lower));
    }

    public static ElementSet ElementSet(Random random) => new(random.Pick(null, "25544"), Instant(random), 17 * random.NextDouble() + 0.01, 0.9 * random.NextDouble(), Math.PI * random.NextDouble(),
        Math.Tau * random.NextDouble(), Math.Tau * random.NextDouble(), Math.Tau * random.NextDouble(), random.NextDouble() - 0.5, random.NextDouble() - 0.5, random.NextDouble() - 0.5);

    public static ConjunctionMessage ConjunctionMessage(Random random)
    {
        var time = Instant(random);
        var probability = random.Pick(null, new CollisionProbability(random.NextDouble(), random.Pick(null, "FOSTER-1992")));
        var screening = random.Pick(null, new ConjunctionScreening(random.Pick<Epoch?>(null, time), Instant(random), random.Pick(null, "RTN"), "BOX", Maybe(random), null, Instant(random)));
        return new ConjunctionMessage("2026-1", "maker", random.Pick(null, "operator"), Instant(random), new ClosestApproach(time, random.NextDouble() * 10, Maybe(random, 15), Maybe(random), Maybe(random)),
            screening, probability, ConjunctionObject(random, time), ConjunctionObject(random, time), random.Pick<string[]>([], ["one", "two"]));
    }

    public static ManeuverNotice ManeuverNotice(Random random)
    {
        var start = Instant(random);
        return new ManeuverNotice("25544", random.Pick(ManeuverStatus.Planned, ManeuverStatus.Performed), start, start.PlusSeconds(random.Next(100)), Maybe(random),
            random.Pick<Vector3d?>(null, new Vector3d(random.NextDouble(), 0, 1e-9)), random.Pick(null, "Ωμέγα"));
    }

    public static EventNotice EventNotice(Random random) => new(random.Pick(Enum.GetValues<EventKind>()[1..]), Instant(random), Maybe(random, 100), random.Pick<ImmutableArray<string>>([], ["1"], ["1", "2"]),
        random.Pick(null, new EventPosition(random.Pick(Frame.Gcrf, Frame.Itrf), new Vector3d(7_000 * random.NextDouble(), 1, 2))), random.NextDouble(), random.Pick(null, "seen"));

    private static ConjunctionObject ConjunctionObject(Random random, Epoch time)
    {
        int size = random.Next(RtnCovariance.SizeMin, RtnCovariance.SizeMax + 1);
        double[] lower = [.. Enumerable.Range(0, size * (size + 1) / 2).Select(_ => random.NextDouble())];
        var determination = random.Pick(null, new ConjunctionDetermination(random.Pick<Epoch?>(null, time), null, Maybe(random, 10), Maybe(random, 10), random.Pick<int?>(null, 0, 5), random.Pick<int?>(null, 4), null, 7, Maybe(random, 100), Maybe(random, 2)));
        var body = random.Pick(null, new ConjunctionBody(Maybe(random, 10), Maybe(random, 1_000), Maybe(random, 1) - 0.5, Maybe(random, 1), Maybe(random, 1), Maybe(random, 1)) { DragAreaM2 = Maybe(random, 10), RadiationAreaM2 = Maybe(random, 10) });
        return new ConjunctionObject("12345", "SATCAT", "NAME", random.Pick("", "1997-030E"), OrbitState(random).State is var state ? new CartesianState(time, state.Frame, state.PositionKm, state.VelocityKmPerS) : null!,
            new RtnCovariance(lower), "NONE", "CALCULATED", "N/A", random.Pick<KeyValuePair<string, string>[]>([], [KeyValuePair.Create("OBJECT_TYPE", "DEBRIS")]), determination, body, random.Pick<string[]>([], ["of it"]));
    }

    private static Vector3d? Maybe(Random random) => random.Next(3) == 0 ? null : new Vector3d(random.NextDouble(), -random.NextDouble(), random.NextDouble());

    /// <summary>A mark that takes nothing out.</summary>
    public static DegradationMark Mark(Random random)
    {
        if (!ProfileId.TryParse(random.Pick("coarse", "p1"), out var profile)) throw new InvalidOperationException("A profile id.");
        var added = new AddedSigma
        {
            RangeKm = Sigma(random), AzimuthRad = Sigma(random), ElevationRad = Sigma(random), RangeRateKmPerS = Sigma(random), PositionKm = Sigma(random),
            VelocityKmPerS = Sigma(random), EpochS = Sigma(random), ElementAngleRad = Sigma(random), Eccentricity = Sigma(random), MeanMotionRevPerDay = Sigma(random),
        };
        return new DegradationMark(profile, Pacific, new AgreementId(Hash256.Of("agreement"u8)), Hash256.Of([(byte)random.Next(256)]), added, []);
    }

    public static Label Label(Random random) => new(
        random.Pick(HandlingLevel.Public, HandlingLevel.PartnersOnly, HandlingLevel.Restricted),
        random.Pick(DataMode.Real, DataMode.Test, DataMode.Simulated, DataMode.Exercise),
        random.Pick<ImmutableSortedSet<string>?>(null, ImmutableSortedSet.Create<string>(StringComparer.Ordinal), ImmutableSortedSet.Create(StringComparer.Ordinal, "pacific", "caribbean")),
        random.Next(2) == 0);

    /// <summary>A well-made answer of one to three publications, some of them in part.</summary>
    public static PullAnswer Answer(Random random)
    {
        var now = new Epoch(850_000_000_000_000_000);
        var publications = Enumerable.Range(0, random.Next(1, 4)).Select(_ => Publication.Create(Atlantic, [.. Enumerable.Range(0, random.Next(1, 8)).Select(_ => Record(random))], Key, now,
            random.Pick(null, "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"))).ToList();
        var release = Release.Decide([.. publications.Index().Select(one => new StoredPublication(one.Index + 1, one.Item))],
            new LaneDecision(TimeSpan.Zero, [], [ReleaseForm.Full], (in _, _, _) => random.Next(3) == 0 ? ReleaseDecision.Withheld(WithholdReason.NotGranted) : ReleaseDecision.Released(Clause(), Purposes.Any)), null);
        Hash256[] leaves = [.. release.Slices.SelectMany(slice => slice.Records).Select(record => record.LeafHash)];
        var manifest = new ManifestDocument(DocumentContexts.Manifest.Text, new AgreementId(Hash256.Of("agreement"u8)), Atlantic, Pacific, 0, publications.Count, null, release.Slices.Count, leaves.Length,
            MerkleTree.Root(leaves), true, now, "checkpoint");
        return new PullAnswer(SignedDocument.Sign(Key, DocumentContexts.Manifest, DocumentJson.Write(manifest)), release.Slices, new byte[] { 1, 2, 3 });
    }

    /// <summary>A well-made answer with one degraded slice: some records of a publication, some of a statement.</summary>
    public static PullAnswer DegradedAnswer(Random random)
    {
        var now = new Epoch(850_000_000_000_000_000);
        var label = LabelCodec.Seal(Label(random));
        var whole = Publication.Create(Atlantic, [.. Enumerable.Range(0, random.Next(1, 8)).Select(_ => RecordFactory.Seal(Observation(random), Atlantic, label))], Key, now, null);
        var common = Mark(random) with { DegradedBy = Atlantic };
        byte[] salt = new byte[PublicationLeaf.SaltSize];
        random.NextBytes(salt);
        PublishedRecord[] all = [.. whole.Records.Select(original => new PublishedRecord(original.Index, salt,
            RecordFactory.Seal(Observation(random), Atlantic, label, common with { Original = original.LeafHash }), new DegradedFrom(original.LeafHash, original.Index)))];
        PublishedRecord[] some = [.. all.Where(record => record.Index == 0 || random.Next(3) > 0)];
        int[] indices = [.. some.Select(record => record.Index)];
        var statement = new DegradedDocument(DocumentContexts.Degraded.Text, common.DegradedBy, Atlantic, whole.Document.Id, common.Agreement, common.Profile, all.Length,
            MerkleTree.Root([.. all.Select(record => record.LeafHash)]));
        var part = new DegradedPart(SignedDocument.Sign(Key, DocumentContexts.Degraded, DocumentJson.Write(statement)), SubsetProof.Create([.. all.Select(record => record.LeafHash)], indices).Hashes);
        var slice = new PublicationSlice(whole.Document, some, SubsetProof.Create([.. whole.Records.Select(record => record.LeafHash)], indices).Hashes, null, part);
        return new PullAnswer(Answer(random).Manifest, [slice], new byte[] { 1, 2, 3 });
    }

    /// <summary>One to four changes: a bit, a byte, a piece cut, doubled or overwritten.</summary>
    public static byte[] Mutate(Random random, byte[] valid)
    {
        var bytes = new List<byte>(valid);
        for (int i = random.Next(1, 5); i > 0 && bytes.Count > 0; i--)
        {
            int at = random.Next(bytes.Count), length = Math.Min(random.Next(1, 12), bytes.Count - at);
            switch (random.Next(5))
            {
                case 0: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 1: bytes[at] = random.Pick<byte>(0, 1, 0x7f, 0x80, 0xff, (byte)random.Next(256)); break;
                case 2: bytes.RemoveRange(at, length); break;
                case 3: bytes.InsertRange(at, bytes.GetRange(at, length)); break;
                default: for (int j = at; j < at + length; j++) bytes[j] = (byte)random.Next(256); break;
            }
        }
        return [.. bytes];
    }

    private static ClauseId Clause() => ClauseId.TryParse("all", out var id) ? id : throw new InvalidOperationException("'all' names a clause.");

    private static SealedRecord Record(Random random)
    {
        var label = LabelCodec.Seal(Label(random));
        return random.Next(8) switch
        {
            0 => RecordFactory.Seal(Sensor(random), label, new Epoch(850_000_000_000_000_000)),
            1 => RecordFactory.Seal(OrbitState(random), Atlantic, label),
            2 => RecordFactory.Seal(ElementSet(random), Atlantic, label),
            _ => RecordFactory.Seal(Observation(random), Atlantic, label),
        };
    }

    private static Epoch Instant(Random random) => new(random.NextInt64(-200_000_000_000_000_000, 200_000_000_000_000_000));

    private static double? Sigma(Random random) => random.Next(3) == 0 ? null : random.NextDouble() + double.Epsilon;

    private static double? Maybe(Random random, double most) => random.Next(4) == 0 ? null : random.NextDouble() * most + double.Epsilon;
}
