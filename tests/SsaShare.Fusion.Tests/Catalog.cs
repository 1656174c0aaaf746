using SsaShare.Domain;
using SsaShare.Fusion.Tests;

[assembly: AssemblyFixture(typeof(Catalog))]

namespace SsaShare.Fusion.Tests;

/// <summary>An engine that holds all the real observations, made once for the tests that only read it.</summary>
public sealed class Catalog
{
    public Catalog() => Outcomes = [.. Seeds.All.GroupBy(c => c.Originator).OrderBy(g => g.Key.Value, StringComparer.Ordinal).Select(g => Engine.Add([.. g]))];

    public FusionEngine Engine { get; } = new();

    public IReadOnlyList<AddOutcome> Outcomes { get; }

    public ObjectId Sphere => Object(Seeds.Sphere);

    public ObjectId Geos => Object(Seeds.Geos);

    internal ObjectEstimate Estimate(ObjectId id, ReaderView view)
        => Engine.Compose(id, view) is Composition.Estimated estimated ? estimated.Estimate : throw new InvalidOperationException(Engine.Compose(id, view).ToString());

    private ObjectId Object(IReadOnlyList<ContributedObservation> observations) => Engine.Associations[observations[10].Record];
}
