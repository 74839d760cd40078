# The arguments that describe each example task to a run; for scripts that are in the project's folder.
aide() { node_modules/.bin/aide "$@"; }

houses=(data_dir=example_tasks/house_prices goal="Predict the sales price for each house"
  eval="Use the RMSE metric between the logarithm of the predicted and observed values.")
attrition=(data_dir=example_tasks/attrition goal="Predict Attrition: whether each employee leaves" eval="Area under the ROC curve")
hitters=(data_dir=example_tasks/hitters goal="Predict the Salary of each baseball player" eval="Mean absolute error")
