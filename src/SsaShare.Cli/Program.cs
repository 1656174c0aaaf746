using System.CommandLine;
using SsaShare.Cli;
using Spectre.Console;

Terminals.Adapt(AnsiConsole.Profile, Console.IsOutputRedirected);

var root = new RootCommand("SsaShare: nodes of partners that share space situational awareness data under signed agreements.")
{
    NodeCommands.Create(),
    FusionCommands.Create(),
    PeerCommands.Create(),
    SensorCommands.Create(),
    PublishCommand.Create(),
    AgreementCommands.Create(),
    CatalogCommands.Create(),
    AuditCommands.Create(),
    DemoCommand.Create(),
};
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
