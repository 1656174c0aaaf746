using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using SsaShare.Domain;
using static SsaShare.Agreements.Tests.Federation;

namespace SsaShare.Agreements.Tests;

internal static partial class Arbitrary
{
    public static readonly ImmutableArray<ObjectList> Lists =
    [
        new(List("japan"), [Tag("7734"), Tag("my sat")], Nation("JP")),
        new(List("america"), [Tag("5398")], Nation("US"), Pacific),
        new(List("guarded"), [Tag("7734"), Tag("5398")], null, Atlantic),
    ];

    /// <summary>Of observations: fine, middle, coarse; of orbit states: middle, far, coarse.</summary>
    public static readonly ImmutableArray<DegradationProfile> Profiles =
    [
        new(Profile("fine"), new DegradationFigures { RangeSigmaKm = 0.1 }, []),
        new(Profile("middle"), new DegradationFigures { RangeSigmaKm = 1, PositionSigmaKm = 1 }, []),
        new(Profile("far"), new DegradationFigures { PositionSigmaKm = 5 }, []),
        new(Profile("coarse"), new DegradationFigures { RangeSigmaKm = 10, PositionSigmaKm = 10, EpochStepS = 1 }, [RemovedField.ObjectTag]),
    ];

    private static readonly Dictionary<string, RecordClass[]> Reached = new(StringComparer.Ordinal)
    {
        ["fine"] = [RecordClass.Observation],
        ["middle"] = [RecordClass.Observation, RecordClass.OrbitState],
        ["far"] = [RecordClass.OrbitState],
        ["coarse"] = [RecordClass.Observation, RecordClass.OrbitState],
    };

    public static Gen<Grant> GrantGen() =>
        from clause in ClauseGen()
        from level in OrNull(Levels)
        from profile in OrNull(Profiles.Select(profile => profile.Id).ToArray())
        from times in Gen.Zip(OrNull(Delays), OrNull([TimeSpan.FromDays(1), TimeSpan.FromDays(30)]))
        from onward in Three(Gen.Choose(0, 3), Some([Stranger, Caribbean], leftOut: 0), Gen.Choose(1, 8))
        select Grant(clause, level, profile, times.Item1, times.Item2, onward);

    public static Gen<Prohibition> ProhibitionGen() =>
        from clause in ClauseGen()
        from level in OrNull(Levels)
        select clause with { AboveLevel = level };

    public static ClauseId Id(string text) => ClauseId.TryParse(text, out var id) ? id : throw new FormatException(text);

    private static Grant Grant(Prohibition clause, HandlingLevel? level, ProfileId? profile, TimeSpan? delay, TimeSpan? retention, (int Audience, Selector<PartnerId> Named, int Hops) onward)
    {
        var classes = profile is { } id && !clause.RecordClasses.IsAny ? [.. clause.RecordClasses.Values.Where(Reached[id.Value].Contains)] : clause.RecordClasses.Values;
        var audience = (OnwardAudience)onward.Audience;
        if (audience == OnwardAudience.Named && onward.Named.IsAny) audience = OnwardAudience.Public;
        return new Grant
        {
            Id = clause.Id, From = clause.From.IsAny ? default : new([.. clause.From.Values.Where(partner => partner != Caribbean).DefaultIfEmpty(Atlantic)]), To = clause.To,
            FromTiers = clause.FromTiers == Selector.Of(CapabilityTier.Partial) && !clause.From.IsAny ? default : clause.FromTiers, ToTiers = clause.ToTiers,
            Originators = clause.Originators, RecordClasses = classes.IsEmpty ? default : new(classes), Sensors = clause.Sensors,
            Objects = clause.Objects, ObjectLists = clause.ObjectLists, OwnerNations = clause.OwnerNations, ProtectedAssetsOf = clause.ProtectedAssetsOf,
            Regimes = clause.Regimes, DataModes = clause.DataModes, EpochFrom = clause.EpochFrom, EpochUntil = clause.EpochUntil, ValidFrom = clause.ValidFrom, ValidUntil = clause.ValidUntil,
            MaxLevel = level, Purposes = clause.DerivedProductsFor.IsAny ? clause.Purposes : clause.Purposes | Purposes.Fusion, DerivedProductsFor = clause.DerivedProductsFor,
            Delay = delay ?? TimeSpan.Zero, Degradation = profile ?? default, Retention = retention,
            Onward = audience, OnwardTo = audience == OnwardAudience.Named ? onward.Named : default, OnwardHops = audience == OnwardAudience.None ? 1 : onward.Hops,
        };
    }

    private static Gen<Prohibition> ClauseGen() =>
        from parties in Three(Some(Parties), Some(Parties), Some(Readers))
        from what in Three(Some(Classes), Some(Modes), Some(Regimes))
        from things in Three(Some(Sensors), Some(Tags, leftOut: 6), Some(Readers))
        from lists in Three(Some(Lists.Select(list => list.Id).ToArray(), leftOut: 8), Some([Nation("JP"), Nation("US")], leftOut: 8), Some([Atlantic, Pacific], leftOut: 8))
        from tiers in Gen.Zip(Some(Tiers, leftOut: 8), Some(Tiers, leftOut: 8))
        from epochs in Window(Epochs)
        from valid in Window(Instants)
        from purposes in Gen.Frequency((2, Gen.Constant(15)), (3, Gen.Choose(1, 15)))
        select new Prohibition
        {
            Id = Id("extra"), From = parties.Item1, To = parties.Item2, Originators = parties.Item3, RecordClasses = what.Item1, DataModes = what.Item2, Regimes = what.Item3,
            FromTiers = Held(tiers.Item1, parties.Item1), ToTiers = Held(tiers.Item2, parties.Item2),
            Sensors = Map(things.Item1, SensorId.Parse), Objects = Map(things.Item2, Tag), ObjectLists = lists.Item1, OwnerNations = lists.Item2, ProtectedAssetsOf = lists.Item3,
            EpochFrom = epochs.From, EpochUntil = epochs.Until, ValidFrom = valid.From, ValidUntil = valid.Until,
            DerivedProductsFor = things.Item3, Purposes = (Purposes)purposes,
        };

    /// <summary>The tiers, unless no party named has one of them.</summary>
    private static Selector<CapabilityTier> Held(Selector<CapabilityTier> tiers, Selector<PartnerId> named)
        => DraftParties.Any(party => named.Passes(party.Partner) && tiers.Passes(party.Tier)) ? tiers : default;

    private static Gen<(Epoch? From, Epoch? Until)> Window(Epoch[] edges) =>
        from first in Gen.Choose(-6, edges.Length - 1)
        from last in Gen.Choose(-6, edges.Length - 1)
        select ((Epoch? From, Epoch? Until))(first < 0 ? null : edges[first], last < 0 || last <= first ? null : edges[last]);

    private static AgreementTerms Terms(ImmutableArray<Grant> grants, ImmutableArray<Prohibition> prohibitions) => new()
    {
        Title = "Random", ValidFrom = At("2026-01-01T00:00:00Z"), ValidUntil = At("2036-01-01T00:00:00Z"), DataModes = [.. Modes], Grants = grants, Prohibitions = prohibitions,
        ObjectLists = Lists, DegradationProfiles = Profiles, SafetyOfFlightMinimum = new DegradationFigures { RangeSigmaKm = 10, PositionSigmaKm = 10, EpochStepS = 1 },
    };

    private static ObjectTag Tag(string text) => ObjectTag.TryParse(text, out var tag) ? tag : throw new FormatException(text);
    private static ObjectListId List(string text) => ObjectListId.TryParse(text, out var id) ? id : throw new FormatException(text);
    private static ProfileId Profile(string text) => ProfileId.TryParse(text, out var id) ? id : throw new FormatException(text);
    private static NationCode Nation(string text) => NationCode.TryParse(text, out var code) ? code : throw new FormatException(text);
}
