using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using SsaShare.Domain;
using static SsaShare.Agreements.Tests.Federation;

namespace SsaShare.Agreements.Tests;

/// <summary>Random clauses and records over so few values that they often meet.</summary>
internal static partial class Arbitrary
{
    public static readonly DraftParty[] DraftParties =
        [new(Atlantic), new(Pacific, CapabilityTier.Partial), new(Fusion), new(Caribbean, CapabilityTier.ReceiveOnly)];

    public static readonly PartnerId[] Parties = [.. DraftParties.Select(party => party.Partner)];
    private static readonly PartnerId[] Providers = [Atlantic, Pacific, Fusion];
    private static readonly PartnerId[] Readers = [Atlantic, Pacific, Caribbean, Stranger];
    private static readonly string[] Sensors = ["KAENA-POINT", "ANTIGUA"];
    private static readonly string[] Tags = ["7734", "5398", "My Sat"];
    private static readonly RecordClass[] Classes = [RecordClass.Observation, RecordClass.OrbitState, RecordClass.Ephemeris];
    private static readonly DataMode[] Modes = [DataMode.Real, DataMode.Test];
    private static readonly OrbitalRegime[] Regimes = [OrbitalRegime.Leo, OrbitalRegime.Geo];
    private static readonly HandlingLevel[] Levels = [HandlingLevel.Public, HandlingLevel.PartnersOnly, HandlingLevel.Restricted];
    private static readonly CapabilityTier[] Tiers = [CapabilityTier.Full, CapabilityTier.Partial];
    private static readonly Epoch[] Epochs = [At("1996-12-15T23:59:59Z"), At("1996-12-16T00:00:00Z"), At("1996-12-17T00:00:00Z")];
    private static readonly Epoch[] Instants = [At("2026-06-30T23:59:59Z"), Now, At("2026-08-01T00:00:00Z")];
    private static readonly TimeSpan[] Delays = [TimeSpan.FromHours(1), TimeSpan.FromHours(24)];
    private static readonly TimeSpan[] Ages = [TimeSpan.Zero, TimeSpan.FromHours(1) - TimeSpan.FromTicks(1), TimeSpan.FromHours(1), TimeSpan.FromHours(5), TimeSpan.FromHours(24), TimeSpan.MaxValue];

    /// <summary>One question: terms without parties or times, a record, and who asks whom.</summary>
    public sealed record Case(
        ImmutableArray<Grant> Grants, ImmutableArray<Prohibition> Prohibitions, RecordFacts Facts, PartnerId Provider, PartnerId Recipient, PartnerId Reader, TimeSpan Age)
    {
        /// <summary>Whether no grant has a delay, so that clauses may have windows.</summary>
        public bool HasWindows => Grants.All(grant => grant.Delay == TimeSpan.Zero);

        public Agreement Agreement() => Agreement(Grants, Prohibitions);

        public static Agreement Agreement(ImmutableArray<Grant> grants, ImmutableArray<Prohibition> prohibitions)
            => Agreements.Agreement.Fix(new AgreementDraft([.. DraftParties], Terms(grants, prohibitions)), Card);

        public ReleaseDecision Decide(Agreement agreement, ReleaseForm form = default, AgreementState state = AgreementState.Active, Epoch? now = null, TimeSpan? age = null)
            => ReleasePolicy.Decide(Facts, form, agreement, state, Provider, Recipient, now ?? Now, age ?? Age);

        public ReleaseDecision DecideDerived(Agreement agreement, AgreementState state = AgreementState.Active, Epoch? now = null)
            => ReleasePolicy.DecideDerived(Facts, Facts.Form, agreement, state, Provider, Recipient, Reader, now ?? Now);

        public OnwardDecision DecideOnward(Agreement agreement, AgreementState state = AgreementState.Active, Epoch? now = null)
            => ReleasePolicy.DecideOnward(Facts, Facts.Form, agreement, state, Provider, Recipient, Reader, now ?? Now);

        /// <summary>The same question about the record as degrading in a form leaves it.</summary>
        public Case Degraded(Agreement agreement, ReleaseForm form)
        {
            bool tag = agreement.Profile(form.Profile!.Value)!.Removes(RemovedField.ObjectTag);
            return this with { Facts = Facts with { Form = form, DegradedUnder = agreement.Id, TagRemoved = tag, Objects = tag ? default : Facts.Objects } };
        }

        public override string ToString()
            => $"{Facts} {Provider}->{Recipient} for {Reader} at {Age}\n{System.Text.Encoding.UTF8.GetString(Agreement().Payload.AsSpan())}";
    }

    public static Arbitrary<Case> Cases()
    {
        var gen =
            from grants in Gen.Sized(size => Gen.Frequency((9, Gen.Choose(1, 1 + Math.Min(size, 12))), (1, Gen.Constant(66))).SelectMany(count => Gen.ListOf(GrantGen(), count)))
            from prohibitions in Gen.Choose(0, 3).SelectMany(count => Gen.ListOf(ProhibitionGen(), count))
            from facts in Facts()
            from provider in Gen.Elements(Parties)
            from recipient in Gen.Elements(Parties)
            from reader in Gen.Elements(Readers)
            from age in Gen.Elements(Ages)
            from windows in Gen.Elements(true, false)
            select new Case(Named(grants.Select(grant => Timed(grant, windows))), Named(prohibitions.Select(prohibition => Timed(prohibition, windows))), facts, provider, recipient, reader, age);
        return Arb.From(gen);
    }

    /// <summary>A clause as it may stand beside others: an agreement has windows of clauses or different delays, not both.</summary>
    public static T Timed<T>(T clause, bool windows)
        where T : Clause
        => !windows ? clause with { ValidFrom = null, ValidUntil = null } : clause is Grant grant ? (T)(Clause)(grant with { Delay = TimeSpan.Zero }) : clause;

    private static Gen<RecordFacts> Facts() =>
        from names in Three(Gen.Elements(Readers), OrMissing([.. Sensors, "OTHER"]), OrMissing([.. Tags, "07734", "MY SAT", "1"]))
        from kinds in Gen.Zip(Gen.Elements([.. Classes, RecordClass.Sensor]), Gen.Elements([OrbitalRegime.Unspecified, .. Regimes, OrbitalRegime.Heo]))
        from label in Gen.Zip(Gen.Elements(Levels), Gen.Elements(Modes))
        from epoch in Gen.Elements(Epochs)
        from several in Gen.Frequency((2, Gen.Constant(ObjectTags.None)), (1, Several()))
        select Observation(names.Item1, names.Item2, names.Item3, kinds.Item2, kinds.Item1, label.Item1, label.Item2) with { Epoch = epoch, Objects = several.IsNone ? names.Item3 : several };

    /// <summary>Up to three objects, each by none, one or two names.</summary>
    public static Gen<ObjectTags> Several()
        => from count in Gen.Choose(1, 3)
           from objects in Gen.ListOf(Gen.Choose(0, 2).SelectMany(names => Gen.ListOf(Gen.Elements([.. Tags, "07734", "MY SAT", "1"]), names)), count)
           select ObjectTags.Of(objects.Select(names => names.ToArray()));

    private static Gen<(T1, T2, T3)> Three<T1, T2, T3>(Gen<T1> one, Gen<T2> two, Gen<T3> three)
        => from a in one from b in two from c in three select (a, b, c);

    /// <summary>Left out, or some of the values.</summary>
    private static Gen<Selector<T>> Some<T>(T[] values, int leftOut = 3)
        => Gen.Frequency((leftOut, Gen.Constant(default(Selector<T>))), (2, Gen.SubListOf(values).Select(list => list.Count == 0 ? default : new Selector<T>([.. list]))));

    private static Gen<T?> OrNull<T>(T[] values)
        where T : struct
        => Gen.Frequency((2, Gen.Constant<T?>(null)), (1, Gen.Elements(values).Select(value => (T?)value)));

    private static Gen<string?> OrMissing(string[] values) => Gen.Elements<string?>([null, .. values]);

    private static Selector<TTo> Map<TFrom, TTo>(Selector<TFrom> from, Func<TFrom, TTo> map) => from.IsAny ? default : new([.. from.Values.Select(map)]);

    private static ImmutableArray<T> Named<T>(IEnumerable<T> clauses)
        where T : Clause
        => [.. clauses.Select((clause, i) => clause with { Id = Id($"{typeof(T).Name.ToLowerInvariant()}-{i}") })];
}
