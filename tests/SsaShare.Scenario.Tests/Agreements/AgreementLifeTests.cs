using SsaShare.Storage.Tests;

namespace SsaShare.Scenario.Tests.Agreements;

/// <summary>
/// The whole life of agreements among four nodes, from the first proposal to the last revocation. After every step each node's database, what
/// each gives each other on the wire and what each operator is told are held against what the agreements say: that, and nothing else.
/// </summary>
public sealed partial class AgreementLifeTests(TestCluster cluster) : IAsyncLifetime
{
    private readonly Life _life = new(cluster);

    public async ValueTask InitializeAsync() => await _life.StartAsync();

    public async ValueTask DisposeAsync() => await _life.DisposeAsync();

    [Fact]
    public async Task Life_FromProposalToRevocation_EachNodeHoldsExactlyWhatItMay()
    {
        await _life.StepAsync("publish before there is any agreement", PublishFirstAsync);
        await _life.StepAsync("propose", ProposeAsync);
        await _life.StepAsync("sign by all but one", SignByAllButOneAsync);
        await _life.StepAsync("sign by the last", SignByTheLastAsync);
        await _life.StepAsync("exchange", ExchangeAsync);
        await _life.StepAsync("degrade", DegradeAsync);
        await _life.StepAsync("onward", OnwardAsync);
        await _life.StepAsync("correct", CorrectAsync);
        await _life.StepAsync("withdraw", WithdrawAsync);
        await _life.StepAsync("recall", RecallAsync);
        await _life.StepAsync("suspend", SuspendAsync);
        await _life.StepAsync("resume", ResumeAsync);
        await _life.StepAsync("steal", StealAsync);
        await _life.StepAsync("forge", ForgeAsync);
        await _life.StepAsync("supersede", SupersedeAsync);
        await _life.StepAsync("revoke by the provider", RevokeByProviderAsync);
        await _life.StepAsync("revoke by a reader", RevokeByReaderAsync);
        await _life.StepAsync("revoke at the source", RevokeAtTheSourceAsync);
        await _life.StepAsync("audit", AuditAsync);
    }

    private ScenarioNode Atlantic => _life.Atlantic;
    private ScenarioNode Pacific => _life.Pacific;
    private ScenarioNode Caribbean => _life.Caribbean;
    private ScenarioNode Arctic => _life.Arctic;
    private Holdings Holdings => _life.Holdings;
}
