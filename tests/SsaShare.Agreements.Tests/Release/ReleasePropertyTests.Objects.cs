using FsCheck;
using FsCheck.Fluent;
using SsaShare.Domain;

namespace SsaShare.Agreements.Tests;

public sealed partial class ReleasePropertyTests
{
    [Fact]
    public void Decide_OneMoreObject_NeverReleasesMore() => HoldsOfPairs((one, first, second) =>
    {
        var agreement = one.Agreement();
        var (alone, both) = (With(one, first), With(one, Joined(first, second)));
        return Forms(agreement).All(form => IsPartOf(UpTo(both, agreement, form), UpTo(alone, agreement, form)))
            && IsPartOf(both.DecideDerived(agreement), alone.DecideDerived(agreement)) && both.DecideOnward(agreement).HopsMax <= alone.DecideOnward(agreement).HopsMax;
    });

    [Fact]
    public void Decide_ObjectsInAnotherOrder_IsTheSameToTheReason() => HoldsOfPairs((one, first, second) =>
    {
        var agreement = one.Agreement();
        var (there, back) = (With(one, Joined(first, second)), With(one, Joined(second, first)));
        return Forms(agreement).All(form => there.Decide(agreement, form) == back.Decide(agreement, form))
            && there.DecideDerived(agreement) == back.DecideDerived(agreement) && there.DecideOnward(agreement) == back.DecideOnward(agreement);
    });

    [Fact]
    public void Decide_SameObjectTwice_IsAsOnce() => HoldsOfPairs((one, first, _) =>
    {
        var agreement = one.Agreement();
        var (once, twice) = (With(one, first), With(one, Joined(first, first)));
        return Forms(agreement).All(form => once.Decide(agreement, form) == twice.Decide(agreement, form));
    });

    [Fact]
    public void Decide_OneObjectNotKnown_PassesNoGrantAboutObjects() => HoldsOfPairs((one, first, _) =>
    {
        var agreement = one.Agreement();
        var unknown = With(one, ObjectTags.Parse($"{first.Text}\n"));
        Grant[] aboutAny = [.. one.Grants.Where(ObjectsLeftOut)];
        if (aboutAny.Length == 0) return Forms(agreement).All(form => !unknown.Decide(agreement, form).IsReleased);
        var open = Arbitrary.Case.Agreement([.. aboutAny], one.Prohibitions);
        return Forms(agreement).All(form => IsPartOf(UpTo(unknown, agreement, form), UpTo(unknown, open, form)));
    });

    private static bool ObjectsLeftOut(Clause clause) => clause.Objects.IsAny && clause.ObjectLists.IsAny && clause.OwnerNations.IsAny && clause.ProtectedAssetsOf.IsAny;

    private static Arbitrary.Case With(Arbitrary.Case one, ObjectTags objects) => one with { Facts = one.Facts with { Objects = objects } };

    private static ObjectTags Joined(ObjectTags first, ObjectTags second) => ObjectTags.Parse($"{first.Text}\n{second.Text}");

    private static void HoldsOfPairs(Func<Arbitrary.Case, ObjectTags, ObjectTags, bool> property)
        => Check.One(Thorough, Prop.ForAll(Arbitrary.Cases(), Arb.From(Arbitrary.Several().Zip(Arbitrary.Several())), (one, pair) => property(one, pair.Item1, pair.Item2)));
}
