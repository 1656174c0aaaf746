using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using SsaShare.Domain;
using static SsaShare.Agreements.Tests.Federation;

namespace SsaShare.Agreements.Tests;

/// <summary>Random clauses and records over so few values that they often meet.</summary>
internal static class Arbitrary
{
    public static readonly PartnerId[] Parties = [Atlantic, Pacific, Fusion];
    private static readonly PartnerId[] Readers = [Atlantic, Pacific, Caribbean];
    private static readonly string[] Sensors = ["KAENA-POINT", "ANTIGUA"];
    private static readonly string[] Tags = ["7734", "5398", "My Sat"];
    private static readonly RecordClass[] Classes = [RecordClass.Observation, RecordClass.Ephemeris];
    private static readonly DataMode[] Modes = [DataMode.Real, DataMode.Test];
    private static readonly OrbitalRegime[] Regimes = [OrbitalRegime.Leo, OrbitalRegime.Geo];
    private static readonly HandlingLevel[] Levels = [HandlingLevel.Public, HandlingLevel.PartnersOnly, HandlingLevel.Restricted];

    /// <summary>One question: terms without parties or times, a record, and who asks whom.</summary>
    public sealed record Case(ImmutableArray<Grant> Grants, ImmutableArray<Prohibition> Prohibitions, RecordFacts Facts, PartnerId Provider, PartnerId Recipient, PartnerId Reader)
    {
        public Agreement Agreement() => Agreement(Grants, Prohibitions);

        public static Agreement Agreement(ImmutableArray<Grant> grants, ImmutableArray<Prohibition> prohibitions)
            => Agreements.Agreement.Fix(new AgreementDraft([.. Parties.Select(party => new DraftParty(party))], Terms(grants, prohibitions)), Card);

        public ReleaseDecision Decide(Agreement agreement, AgreementState state = AgreementState.Active, Epoch? now = null)
            => ReleasePolicy.Decide(Facts, ReleaseForm.Full, agreement, state, Provider, Recipient, now ?? Now, TimeSpan.Zero);

        public ReleaseDecision DecideDerived(Agreement agreement, AgreementState state = AgreementState.Active, Epoch? now = null)
            => ReleasePolicy.DecideDerived(Facts, ReleaseForm.Full, agreement, state, Provider, Recipient, Reader, now ?? Now);

        public override string ToString()
            => $"{Facts} {Provider}->{Recipient} for {Reader}\n{System.Text.Encoding.UTF8.GetString(Agreement().Payload.AsSpan())}";
    }

    public static Arbitrary<Case> Cases()
    {
        var gen =
            from grants in Gen.Sized(size => Gen.Choose(1, 1 + Math.Min(size, 70)).SelectMany(count => Gen.ListOf(GrantGen(), count)))
            from prohibitions in Gen.Choose(0, 3).SelectMany(count => Gen.ListOf(ProhibitionGen(), count))
            from facts in Facts()
            from provider in Gen.Elements(Parties)
            from recipient in Gen.Elements(Parties)
            from reader in Gen.Elements(Readers)
            select new Case(Named(grants), Named(prohibitions), facts, provider, recipient, reader);
        return Arb.From(gen);
    }

    public static Gen<Grant> GrantGen() =>
        from clause in ClauseGen()
        from level in OrNull(Levels)
        select new Grant
        {
            Id = Id("extra"), From = clause.From, To = clause.To, Originators = clause.Originators, RecordClasses = clause.RecordClasses, Sensors = clause.Sensors, Objects = clause.Objects,
            Regimes = clause.Regimes, DataModes = clause.DataModes, MaxLevel = level,
            Purposes = clause.DerivedProductsFor.IsAny ? clause.Purposes : clause.Purposes | Purposes.Fusion, DerivedProductsFor = clause.DerivedProductsFor,
        };

    public static Gen<Prohibition> ProhibitionGen() =>
        from clause in ClauseGen()
        from level in OrNull(Levels)
        select clause with { AboveLevel = level };

    public static ClauseId Id(string text) => ClauseId.TryParse(text, out var id) ? id : throw new FormatException(text);

    private static Gen<Prohibition> ClauseGen() =>
        from parties in Three(Some(Parties), Some(Parties), Some(Readers))
        from what in Three(Some(Classes), Some(Modes), Some(Regimes))
        from things in Three(Some(Sensors), Some(Tags), Some(Readers))
        from purposes in Gen.Frequency((2, Gen.Constant(15)), (3, Gen.Choose(1, 15)))
        select new Prohibition
        {
            Id = Id("extra"), From = parties.Item1, To = parties.Item2, Originators = parties.Item3, RecordClasses = what.Item1, DataModes = what.Item2, Regimes = what.Item3,
            Sensors = Map(things.Item1, SensorId.Parse), Objects = Map(things.Item2, text => ObjectTag.TryParse(text, out var tag) ? tag : default),
            DerivedProductsFor = things.Item3, Purposes = (Purposes)purposes,
        };

    private static Gen<RecordFacts> Facts() =>
        from names in Three(Gen.Elements(Readers), OrMissing([.. Sensors, "OTHER"]), OrMissing([.. Tags, "07734", "MY SAT", "1"]))
        from kinds in Gen.Zip(Gen.Elements([.. Classes, RecordClass.ElementSet]), Gen.Elements([OrbitalRegime.Unspecified, .. Regimes, OrbitalRegime.Heo]))
        from label in Gen.Zip(Gen.Elements(Levels), Gen.Elements(Modes))
        select Observation(names.Item1, names.Item2, names.Item3, kinds.Item2, kinds.Item1, label.Item1, label.Item2);

    private static Gen<(T1, T2, T3)> Three<T1, T2, T3>(Gen<T1> one, Gen<T2> two, Gen<T3> three)
        => from a in one from b in two from c in three select (a, b, c);

    /// <summary>Left out, or some of the values.</summary>
    private static Gen<Selector<T>> Some<T>(T[] values)
        => Gen.Frequency((3, Gen.Constant(default(Selector<T>))), (2, Gen.SubListOf(values).Select(list => list.Count == 0 ? default : new Selector<T>([.. list]))));

    private static Gen<T?> OrNull<T>(T[] values)
        where T : struct
        => Gen.Frequency((2, Gen.Constant<T?>(null)), (1, Gen.Elements(values).Select(value => (T?)value)));

    private static Gen<string?> OrMissing(string[] values) => Gen.Elements<string?>([null, .. values]);

    private static Selector<TTo> Map<TFrom, TTo>(Selector<TFrom> from, Func<TFrom, TTo> map) => from.IsAny ? default : new([.. from.Values.Select(map)]);

    private static ImmutableArray<T> Named<T>(IEnumerable<T> clauses)
        where T : Clause
        => [.. clauses.Select((clause, i) => clause with { Id = Id($"{typeof(T).Name.ToLowerInvariant()}-{i}") })];

    private static AgreementTerms Terms(ImmutableArray<Grant> grants, ImmutableArray<Prohibition> prohibitions) => new()
    {
        Title = "Random", ValidFrom = At("2026-01-01T00:00:00Z"), ValidUntil = At("2036-01-01T00:00:00Z"), DataModes = [.. Modes], Grants = grants, Prohibitions = prohibitions,
    };
}
