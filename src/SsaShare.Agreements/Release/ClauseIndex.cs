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
    private readonly SelectorIndex<RecordClass> _classes;
    private readonly SelectorIndex<SensorId> _sensors;
    private readonly SelectorIndex<string> _objects;
    private readonly SelectorIndex<OrbitalRegime> _regimes;
    private readonly SelectorIndex<DataMode> _modes;
    private readonly SelectorIndex<HandlingLevel> _levels;

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
        _classes = new([.. clauses.Select(clause => clause.RecordClasses)]);
        _sensors = new([.. clauses.Select(clause => clause.Sensors)]);
        _objects = new([.. clauses.Select(clause => Texts(clause.Objects))], StringComparer.OrdinalIgnoreCase);
        _regimes = new([.. clauses.Select(clause => clause.Regimes)]);
        _modes = new([.. clauses.Select(clause => clause.DataModes)]);
        _levels = new([.. clauses.Select(levels)]);
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

    /// <summary>Which of the <paramref name="wanted"/> uses the clauses that cover the record name.</summary>
    /// <param name="facts">The record.</param>
    /// <param name="provider">Who releases it.</param>
    /// <param name="recipient">Who receives it.</param>
    /// <param name="among">The clauses to look at.</param>
    /// <param name="wanted">The uses of interest; a clause that names none of them does not match.</param>
    /// <param name="unknownPasses">Whether a selector passes when the record's value is not known.</param>
    public ClauseMatch Match(in RecordFacts facts, PartnerId provider, PartnerId recipient, ReadOnlySpan<ulong> among, Purposes wanted, bool unknownPasses)
    {
        ReadOnlySpan<ulong> from = _from.Of(provider), to = _to.Of(recipient), originators = _originators.Of(facts.Originator);
        ReadOnlySpan<ulong> classes = _classes.Of(facts.Class), modes = _modes.Of(facts.Label.Mode), levels = _levels.Of(facts.Label.Level);
        var sensors = facts.Sensor is { } sensor ? _sensors.Of(sensor) : unknownPasses ? _all : _sensors.LeftOut;
        var regimes = facts.Regime != OrbitalRegime.Unspecified ? _regimes.Of(facts.Regime) : unknownPasses ? _all : _regimes.LeftOut;
        var tag = ObjectTag.Normalise(facts.ObjectTag);
        var objects = !tag.IsEmpty ? _objects.OfText(tag) : unknownPasses ? _all : _objects.LeftOut;
        bool own = facts.Originator == provider;
        var (purposes, first) = (Purposes.None, -1);
        for (int w = 0; w < _all.Length; w++)
        {
            ulong matching = among[w] & from[w] & to[w] & originators[w] & classes[w] & modes[w] & levels[w] & sensors[w] & regimes[w] & objects[w]
                & (own ? ulong.MaxValue : ~_ownRecordsOnly[w]);
            for (; matching != 0 && purposes != wanted; matching &= matching - 1)
            {
                int clause = w * 64 + BitOperations.TrailingZeroCount(matching);
                var named = _purposes[clause] & wanted;
                if (named != Purposes.None && first < 0) first = clause;
                purposes |= named;
            }
        }
        return new ClauseMatch(purposes, first < 0 ? null : _ids[first]);
    }

    private static Selector<string> Texts(Selector<ObjectTag> tags) => tags.IsAny ? default : new([.. tags.Values.Select(tag => tag.Value)]);

    // A clause about no level at all (above the highest) lists only the unspecified one, which no decision asks for.
    private static Selector<HandlingLevel> Levels(Func<HandlingLevel, bool> passes)
        => new([HandlingLevel.Unspecified, .. Enum.GetValues<HandlingLevel>().Where(level => level != HandlingLevel.Unspecified && passes(level))]);
}
