using System.Numerics;
using SsaShare.Domain;

namespace SsaShare.Agreements;

/// <summary>Uses that the matching clauses name, and the first of those clauses by id.</summary>
internal readonly record struct ClauseMatch(Purposes Purposes, ClauseId? First);

/// <summary>
/// All grants or all prohibitions of an agreement, indexed by selector: a decision looks up one bit set for each selector and
/// intersects them, so that its cost hardly grows with the number of clauses. Clauses are sorted by id, so their order in the
/// document cannot matter. Immutable.
/// </summary>
internal sealed class ClauseIndex
{
    private readonly ClauseId[] _ids;
    private readonly Purposes[] _purposes;
    private readonly ulong[] _all, _ownRecordsOnly;
    private readonly SelectorIndex<PartnerId> _from, _to, _originators, _derivedFor;
    private readonly EnumIndex _classes, _regimes, _modes, _levels;
    private readonly SelectorIndex<SensorId> _sensors;
    private readonly SelectorIndex<string> _objects;

    private ClauseIndex(Clause[] clauses, Func<Clause, Selector<HandlingLevel>> levels, bool grants)
    {
        Array.Sort(clauses, (a, b) => a.Id.CompareTo(b.Id));
        _ids = [.. clauses.Select(clause => clause.Id)];
        _purposes = [.. clauses.Select(clause => clause.Purposes)];
        _all = ClauseBits.All(clauses.Length);
        _ownRecordsOnly = new ulong[_all.Length];
        for (int i = 0; grants && i < clauses.Length; i++)
            if (clauses[i].Originators.IsAny) ClauseBits.Set(_ownRecordsOnly, i);
        _from = new([.. clauses.Select(clause => clause.From)]);
        _to = new([.. clauses.Select(clause => clause.To)]);
        _originators = new([.. clauses.Select(clause => clause.Originators)]);
        _derivedFor = new([.. clauses.Select(clause => clause.DerivedProductsFor)], leftOutPasses: !grants);
        _classes = EnumIndex.Of([.. clauses.Select(clause => clause.RecordClasses)]);
        _sensors = new([.. clauses.Select(clause => clause.Sensors)]);
        _objects = new([.. clauses.Select(clause => Texts(clause.Objects))], StringComparer.OrdinalIgnoreCase);
        _regimes = EnumIndex.Of([.. clauses.Select(clause => clause.Regimes)]);
        _modes = EnumIndex.Of([.. clauses.Select(clause => clause.DataModes)]);
        _levels = EnumIndex.Of([.. clauses.Select(levels)]);
    }

    public static ClauseIndex Of(IEnumerable<Grant> grants)
        => new([.. grants], clause => Levels(level => ((Grant)clause).MaxLevel is not { } most || level <= most), grants: true);

    public static ClauseIndex Of(IEnumerable<Prohibition> prohibitions)
        => new([.. prohibitions], clause => Levels(level => ((Prohibition)clause).AboveLevel is not { } above || level > above), grants: false);

    /// <summary>Every clause, whomever derived products are for.</summary>
    public ReadOnlySpan<ulong> All => _all;

    /// <summary>The clauses that are not about derived products alone.</summary>
    public ReadOnlySpan<ulong> NotDerivedOnly => _derivedFor.LeftOut;

    /// <summary>Grants of derived products for a reader; prohibitions that hold for such products.</summary>
    public ReadOnlySpan<ulong> DerivedFor(PartnerId reader) => _derivedFor.Of(reader);

    /// <summary>Words of 64 clauses that <see cref="Cover"/> fills.</summary>
    public int Words => _all.Length;

    /// <summary>Which clauses cover the record.</summary>
    /// <param name="facts">The record.</param>
    /// <param name="provider">Who releases it.</param>
    /// <param name="recipient">Who receives it.</param>
    /// <param name="among">The clauses to look at.</param>
    /// <param name="sure">Gets those whose every selector is known to pass.</param>
    /// <param name="possible">Gets those and the ones whose selectors could pass, if what is not known of the record were so.</param>
    public void Cover(in RecordFacts facts, PartnerId provider, PartnerId recipient, ReadOnlySpan<ulong> among, Span<ulong> sure, Span<ulong> possible)
    {
        ReadOnlySpan<ulong> from = _from.Of(provider), to = _to.Of(recipient), originators = _originators.Of(facts.Originator);
        ReadOnlySpan<ulong> classes = _classes.Of((int)facts.Class), modes = _modes.Of((int)facts.Label.Mode), levels = _levels.Of((int)facts.Label.Level);
        var tag = ObjectTag.Normalise(facts.ObjectTag);
        bool own = facts.Originator == provider, sensorKnown = facts.Sensor is not null, objectKnown = !tag.IsEmpty, regimeKnown = facts.Regime != OrbitalRegime.Unspecified;
        var sensors = sensorKnown ? _sensors.Of(facts.Sensor.GetValueOrDefault()) : _sensors.LeftOut;
        var objects = objectKnown ? _objects.OfText(tag) : _objects.LeftOut;
        var regimes = regimeKnown ? _regimes.Of((int)facts.Regime) : _regimes.LeftOut;
        for (int w = 0; w < _all.Length; w++)
        {
            ulong known = among[w] & from[w] & to[w] & originators[w] & classes[w] & modes[w] & levels[w] & (own ? ulong.MaxValue : ~_ownRecordsOnly[w]);
            sure[w] = known & sensors[w] & objects[w] & regimes[w];
            possible[w] = known & (sensorKnown ? sensors[w] : ulong.MaxValue) & (objectKnown ? objects[w] : ulong.MaxValue) & (regimeKnown ? regimes[w] : ulong.MaxValue);
        }
    }

    /// <summary>Which of the <paramref name="wanted"/> uses the given clauses name.</summary>
    public ClauseMatch Match(ReadOnlySpan<ulong> clauses, Purposes wanted)
    {
        var (purposes, first) = (Purposes.None, -1);
        for (int w = 0; w < clauses.Length; w++)
            for (ulong left = clauses[w]; left != 0 && purposes != wanted; left &= left - 1)
            {
                int clause = w * 64 + BitOperations.TrailingZeroCount(left);
                var named = _purposes[clause] & wanted;
                if (named != Purposes.None && first < 0) first = clause;
                purposes |= named;
            }
        return new ClauseMatch(purposes, first < 0 ? null : _ids[first]);
    }

    private static Selector<string> Texts(Selector<ObjectTag> tags) => tags.IsAny ? default : new([.. tags.Values.Select(tag => tag.Value)]);

    // A clause about no level at all (above the highest) lists only the unspecified one, which no decision asks for.
    private static Selector<HandlingLevel> Levels(Func<HandlingLevel, bool> passes)
        => new([HandlingLevel.Unspecified, .. Enum.GetValues<HandlingLevel>().Where(level => level != HandlingLevel.Unspecified && passes(level))]);
}
