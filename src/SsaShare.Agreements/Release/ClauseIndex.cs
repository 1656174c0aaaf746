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
    private readonly bool _isGrants;
    private readonly Clause[] _clauses;
    private readonly Purposes[] _purposes;
    private readonly ulong[] _all, _ownRecordsOnly, _everyUse;
    private readonly SelectorIndex<PartnerId> _from, _to, _originators, _derivedFor;
    private readonly EnumIndex _classes, _regimes, _modes, _levels;
    private readonly SelectorIndex<SensorId> _sensors;
    private readonly ObjectIndex _objects;
    private readonly WindowIndex _epochs, _validity;

    private ClauseIndex(Clause[] clauses, ClauseScope scope, Func<Clause, Selector<HandlingLevel>> levels, bool isGrants)
    {
        (_clauses, _isGrants) = (clauses, isGrants);
        _purposes = [.. clauses.Select(clause => clause.Purposes)];
        _all = ClauseBits.All(clauses.Length);
        _ownRecordsOnly = new ulong[_all.Length];
        _everyUse = new ulong[_all.Length];
        for (int i = 0; i < clauses.Length; i++)
        {
            if (isGrants && clauses[i].Originators.IsAny) ClauseBits.Set(_ownRecordsOnly, i);
            if (clauses[i] is { Purposes: Purposes.Any, DerivedProductsFor.IsAny: true }) ClauseBits.Set(_everyUse, i);
        }
        _from = new([.. clauses.Select(scope.Providers)]);
        _to = new([.. clauses.Select(scope.Recipients)]);
        _originators = new([.. clauses.Select(clause => clause.Originators)]);
        _derivedFor = new([.. clauses.Select(clause => clause.DerivedProductsFor)], leftOutPasses: !isGrants);
        _classes = EnumIndex.Of([.. clauses.Select(scope.Classes)]);
        _sensors = new([.. clauses.Select(clause => clause.Sensors)]);
        _objects = new ObjectIndex(clauses, scope.ObjectLists);
        _regimes = EnumIndex.Of([.. clauses.Select(clause => clause.Regimes)]);
        _modes = EnumIndex.Of([.. clauses.Select(clause => clause.DataModes)]);
        _levels = EnumIndex.Of([.. clauses.Select(levels)]);
        _epochs = new([.. clauses.Select(clause => (clause.EpochFrom, clause.EpochUntil))]);
        _validity = new([.. clauses.Select(clause => (clause.ValidFrom, clause.ValidUntil))]);
    }

    /// <param name="grants">Sorted by id.</param>
    /// <param name="scope">What the clauses refer to.</param>
    public static ClauseIndex Of(IEnumerable<Grant> grants, ClauseScope scope)
        => new([.. grants], scope, clause => Levels(level => ((Grant)clause).MaxLevel is not { } most || level <= most), isGrants: true);

    /// <param name="prohibitions">Sorted by id.</param>
    /// <param name="scope">What the clauses refer to.</param>
    public static ClauseIndex Of(IEnumerable<Prohibition> prohibitions, ClauseScope scope)
        => new([.. prohibitions], scope, clause => Levels(level => ((Prohibition)clause).AboveLevel is not { } above || level > above), isGrants: false);

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
    /// <param name="question">Between whom, when, and what a degraded record hides.</param>
    /// <param name="among">The clauses to look at.</param>
    /// <param name="sure">Gets those whose every selector is known to pass.</param>
    /// <param name="possible">Gets those and the ones whose selectors could pass, if what is not known of the record were so.</param>
    public void Cover(in RecordFacts facts, in ReleaseQuestion question, ReadOnlySpan<ulong> among, Span<ulong> sure, Span<ulong> possible)
    {
        ReadOnlySpan<ulong> from = _from.Of(question.Provider), to = _to.Of(question.Recipient), originators = _originators.Of(facts.Originator);
        ReadOnlySpan<ulong> classes = _classes.Of((int)facts.Class), modes = _modes.Of((int)facts.Label.Mode), levels = _levels.Of((int)facts.Label.Level), valid = _validity.Of(question.Now);
        bool own = facts.Originator == question.Provider, sensorKnown = facts.Sensor is not null, regimeKnown = facts.Regime != OrbitalRegime.Unspecified, several = facts.Objects.AreSeveral;
        var sensors = sensorKnown ? _sensors.Of(facts.Sensor.GetValueOrDefault()) : _sensors.LeftOut;
        var tag = several ? default : ObjectTag.Normalise(facts.Objects.Text);
        bool tagHidden = !several && tag.IsEmpty && question.TagRemoved;
        Span<ulong> named = stackalloc ulong[several ? _all.Length : 0], perhapsNamed = stackalloc ulong[several ? _all.Length : 0];
        if (several) Name(facts.Objects, named, perhapsNamed);
        ReadOnlySpan<ulong> objects = several ? named : _objects.Of(tag), objectsPossible = several ? perhapsNamed : tag.IsEmpty ? _all : objects;
        var regimes = regimeKnown ? _regimes.Of((int)facts.Regime) : _regimes.LeftOut;
        bool regimeVouched = question is { RegimeMoved: true, Vouched: Vouched.Everything };
        if (regimeVouched) regimes = _isGrants ? _all : _regimes.LeftOut;
        bool epochKnown = question.EpochSlackNanoseconds == 0 || _epochs.IsOpen;
        Span<ulong> throughout = stackalloc ulong[epochKnown ? 0 : _all.Length], somewhere = stackalloc ulong[epochKnown ? 0 : _all.Length];
        if (!epochKnown) _epochs.Around(facts.Epoch, question.EpochSlackNanoseconds, throughout, somewhere);
        ReadOnlySpan<ulong> epochs = epochKnown ? _epochs.Of(facts.Epoch) : throughout, epochsPossible = epochKnown ? epochs : somewhere;
        for (int w = 0; w < _all.Length; w++)
        {
            ulong known = among[w] & from[w] & to[w] & originators[w] & classes[w] & modes[w] & levels[w] & valid[w] & (own ? ulong.MaxValue : ~_ownRecordsOnly[w]);
            ulong hidden = epochs[w] & (tagHidden ? objects[w] : ulong.MaxValue), hiddenPossible = epochsPossible[w];
            if (question.Vouched != Vouched.Nothing) (hidden, hiddenPossible) = Vouch(w, question.Vouched, hidden, hiddenPossible);
            sure[w] = known & sensors[w] & regimes[w] & (tagHidden ? ulong.MaxValue : objects[w]) & hidden;
            possible[w] = known & (sensorKnown ? sensors[w] : ulong.MaxValue) & (regimeKnown || regimeVouched ? regimes[w] : ulong.MaxValue) & objectsPossible[w] & hiddenPossible;
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
        return new ClauseMatch(purposes, first < 0 ? null : _clauses[first].Id);
    }

    /// <summary>The longest time that one of the grants giving some of these uses lets the recipient keep a record; null when one sets no end.</summary>
    public TimeSpan? LongestRetention(ReadOnlySpan<ulong> clauses, Purposes wanted)
    {
        var longest = TimeSpan.Zero;
        for (int w = 0; w < clauses.Length; w++)
            for (ulong left = clauses[w]; left != 0; left &= left - 1)
            {
                int clause = w * 64 + BitOperations.TrailingZeroCount(left);
                if ((_purposes[clause] & wanted) == Purposes.None) continue;
                if (((Grant)_clauses[clause]).Retention is not { } retention) return null;
                if (retention > longest) longest = retention;
            }
        return longest;
    }

    /// <summary>The clause of a bit.</summary>
    public Clause this[int bit] => _clauses[bit];

    /// <summary>
    /// Of a record about several objects: a grant must name every one, for the record tells of each, and a prohibition holds that names any one. An object is named
    /// by any of its names.
    /// </summary>
    private void Name(ObjectTags tags, Span<ulong> sure, Span<ulong> possible)
    {
        sure.Fill(_isGrants ? ulong.MaxValue : 0);
        sure.CopyTo(possible);
        Span<ulong> named = stackalloc ulong[sure.Length];
        var text = tags.Text.AsSpan();
        foreach (var range in text.Split(ObjectTags.BetweenObjects))
        {
            bool isKnown = _objects.TryName(text[range], named);
            for (int w = 0; w < sure.Length; w++)
            {
                ulong perhaps = isKnown ? named[w] : _all[w];
                (sure[w], possible[w]) = _isGrants ? (sure[w] & named[w], possible[w] & perhaps) : (sure[w] | named[w], possible[w] | perhaps);
            }
        }
    }

    /// <summary>What the profile hid counts for the provider's decision: in a grant as passing, in a prohibition as not.</summary>
    private (ulong Sure, ulong Possible) Vouch(int word, Vouched vouched, ulong sure, ulong possible)
    {
        if (_isGrants) return vouched == Vouched.Everything ? (possible, possible) : (sure, possible);
        ulong decided = vouched == Vouched.Everything ? ulong.MaxValue : _everyUse[word];
        return (sure, (possible & ~decided) | (sure & decided));
    }

    // A clause about no level at all (above the highest) lists only the unspecified one, which no decision asks for.
    private static Selector<HandlingLevel> Levels(Func<HandlingLevel, bool> passes)
        => new([HandlingLevel.Unspecified, .. Enum.GetValues<HandlingLevel>().Where(level => level != HandlingLevel.Unspecified && passes(level))]);
}
