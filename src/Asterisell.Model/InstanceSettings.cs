namespace Asterisell;

/// <summary>What the inventory says of one instance: defaults, templates and its own entry put together, typed, with units in the names.</summary>
public sealed record InstanceSettings
{
    /// <summary>The container and its resources.</summary>
    [Setting]
    public ContainerSettings Container { get; init; } = new();

    /// <summary>The image that the container runs on.</summary>
    [Setting]
    public ImageSettings Image { get; init; } = new();

    /// <summary>Ports published on the host.</summary>
    [Setting]
    public PortSettings Ports { get; init; } = new();

    /// <summary>Database, users and passwords.</summary>
    [Setting]
    public DatabaseSettings Database { get; init; } = new();

    /// <summary>What the instance is for.</summary>
    [Setting]
    public ApplicationSettings Application { get; init; } = new();

    /// <summary>The program that rates calls.</summary>
    [Setting]
    public RateEngineSettings RateEngine { get; init; } = new();

    /// <summary>Web server.</summary>
    [Setting]
    public WebSettings Web { get; init; } = new();

    /// <summary>File exchange with resellers.</summary>
    [Setting]
    public WebdavSettings Webdav { get; init; } = new();

    /// <summary>Scheduled and event jobs.</summary>
    [Setting]
    public JobSettings Jobs { get; init; } = new();

    /// <summary>Reports that the application offers.</summary>
    [Setting]
    public ReportSettings Reports { get; init; } = new();

    /// <summary>Import and rating of calls.</summary>
    [Setting]
    public RatingSettings Rating { get; init; } = new();

    /// <summary>Outgoing mail.</summary>
    [Setting]
    public SmtpSettings Smtp { get; init; } = new();

    /// <summary>What the web pages show.</summary>
    [Setting]
    public DisplaySettings Display { get; init; } = new();

    /// <summary>Invoices and PDF reports.</summary>
    [Setting]
    public InvoiceSettings Invoices { get; init; } = new();

    /// <summary>Exported CSV files.</summary>
    [Setting]
    public CsvSettings Csv { get; init; } = new();

    /// <summary>Currency and precision of amounts.</summary>
    [Setting]
    public CurrencySettings Currency { get; init; } = new();

    /// <summary>Data sources outside of the instance.</summary>
    [Setting]
    public ExternalSettings External { get; init; } = new();

    /// <summary>
    /// Files of the operator that go into the application: a file below the folder <c>customizations</c> beside the inventory, and the
    /// directory below the admin application that it is put into.
    /// </summary>
    [Setting(SettingEffect.Update, Legacy = "custom_files", Format = SettingFormat.SafePath)]
    public IReadOnlyDictionary<string, string> CustomFiles { get; init; } = new Dictionary<string, string>();
}
